// Drag, wheel, pinch and double click on the stage, turned into pan and zoom.

/** `target()` gives the view that is shown (with pan, zoom, reset), or null. */
export function followGestures(stage, target) {
    const fingers = new Map();
    let spread = 0;

    const middle = () => {
        const box = stage.getBoundingClientRect();
        const points = [...fingers.values()];
        const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
        const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
        return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
    };
    const distance = () => {
        const [a, b] = [...fingers.values()];
        return Math.hypot(a.x - b.x, a.y - b.y);
    };

    stage.addEventListener('pointerdown', (event) => {
        if (event.button !== 0 || event.target.closest('button, a')) return;
        stage.setPointerCapture(event.pointerId);
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (fingers.size === 2) spread = distance();
        stage.classList.add('dragging');
    });
    stage.addEventListener('pointermove', (event) => {
        const before = fingers.get(event.pointerId);
        if (!before) return;
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        target()?.pan((event.clientX - before.x) / fingers.size, (event.clientY - before.y) / fingers.size);
        if (fingers.size === 2) {
            const now = distance();
            const at = middle();
            if (spread > 0 && now > 0) target()?.zoom(now / spread, at.x, at.y);
            spread = now;
        }
    });
    const release = (event) => {
        fingers.delete(event.pointerId);
        if (fingers.size === 0) stage.classList.remove('dragging');
    };
    stage.addEventListener('pointerup', release);
    stage.addEventListener('pointercancel', release);

    stage.addEventListener('wheel', (event) => {
        event.preventDefault();
        const box = stage.getBoundingClientRect();
        const lines = event.deltaMode === 1 ? 16 : 1;
        target()?.zoom(
            Math.exp(-event.deltaY * lines * 0.0018),
            event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
    }, { passive: false });
    stage.addEventListener('dblclick', (event) => {
        if (event.target.closest('button, a')) return;
        const box = stage.getBoundingClientRect();
        target()?.zoom(2, event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
    });
}
