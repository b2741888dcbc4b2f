// The keyboard of the labelling page.

/** Follows keys anywhere on the page, unless a dialog is open or something else has used them. */
export function followKeys(actions) {
    document.addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        if (event.target.closest('input, select, textarea, dialog[open], .menu')) return;
        const act = actionFor(event, actions);
        if (!act) return;
        event.preventDefault();
        act();
    });
}

function actionFor(event, actions) {
    const far = 90;
    if (event.shiftKey) {
        switch (event.key) {
        case 'ArrowLeft': return () => actions.pan(far, 0);
        case 'ArrowRight': return () => actions.pan(-far, 0);
        case 'ArrowUp': return () => actions.pan(0, far);
        case 'ArrowDown': return () => actions.pan(0, -far);
        }
    }
    // By the place of the key too: on French keyboards digits need the shift key.
    const digit = /^[0-9]$/.test(event.key) ? event.key : /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
    if (digit !== undefined && actions.has(digit)) return () => actions.digit(digit);
    switch (event.key.toLowerCase()) {
    case 'arrowright': case 'pagedown': return actions.next;
    case 'arrowleft': case 'pageup': return actions.previous;
    case 'n': return actions.done;
    case 'z': return actions.undo;
    case 'x': return actions.clear;
    case 'b': return actions.place;
    case 'm': return actions.move;
    case 'delete': case 'backspace': return actions.remove;
    case 'escape': return actions.release;
    case '?': return actions.help;
    case '+': case '=': return actions.zoomIn;
    case '-': return actions.zoomOut;
    }
    return null;
}
