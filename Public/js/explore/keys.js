// The keyboard of the explore page.

/** Follows keys anywhere on the page, unless a person is typing or a dialog is open. */
export function followKeys(actions) {
    document.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        if (event.target.closest('input, select, textarea, dialog[open], .draw-overlay')) return;
        const onMap = event.target.closest('#map') !== null;
        const act = actionFor(event, actions, onMap);
        if (!act) return;
        event.preventDefault();
        act();
    }, { capture: true });
}

function actionFor(event, actions, onMap) {
    const far = 90;
    if (event.shiftKey) {
        switch (event.key) {
        case 'ArrowLeft': return () => actions.pan(far, 0);
        case 'ArrowRight': return () => actions.pan(-far, 0);
        case 'ArrowUp': return () => actions.pan(0, far);
        case 'ArrowDown': return () => actions.pan(0, -far);
        }
    }
    switch (event.key) {
    case 'ArrowRight': case 'PageDown': return actions.next;
    case 'ArrowLeft': case 'PageUp': return actions.previous;
    case ' ': return event.target.closest('button, a, summary') ? null : actions.play;
    case '?': return actions.help;
    case 's': case 'S': return actions.swap;
    case 'h': case 'H': return actions.correct;
    case 'i': case 'I': return () => actions.togglePanel();
    case 'a': case 'A': return actions.toggleAnnotations;
    case 'b': case 'B': return actions.light;
    case 'c': case 'C': return actions.compare;
    case 'm': case 'M': return actions.filters;
    case 'f': case 'F': return actions.toggleFullScreen;
    case 'Escape': return actions.closing();
    }
    if (onMap) return null;
    switch (event.key) {
    case '+': case '=': return actions.zoomIn;
    case '-': return actions.zoomOut;
    case '0': return actions.reset;
    case 'ArrowUp': return () => actions.pan(0, far);
    case 'ArrowDown': return () => actions.pan(0, -far);
    }
    return null;
}
