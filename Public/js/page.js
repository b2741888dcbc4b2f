// What every page has: local times, menus that close, questions before deleting, copying a secret.

import { localiseTimes } from './times.js';
import { markReady } from './dom.js';

localiseTimes();

// A page that answered a form has the address of the form; reloading it should not post again.
const { path } = document.body.dataset;
if (path && path.split('?')[0] !== window.location.pathname) history.replaceState(null, '', path);

// A page about work in progress looks again by itself while somebody sees it.
const refresh = Number(document.querySelector('[data-refresh]')?.dataset.refresh);
if (refresh) {
    setInterval(() => { if (document.visibilityState === 'visible') window.location.reload(); }, refresh * 1000);
}

document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
        if (!menu.contains(event.target)) menu.open = false;
    }
});
document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details.menu[open]')) {
        menu.open = false;
        menu.querySelector('summary').focus();
    }
});

// A form asks, or that of its buttons which is pressed.
for (const form of document.querySelectorAll('form:is([data-confirm], :has(button[data-confirm]))')) {
    form.addEventListener('submit', (event) => {
        const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
        if (question && !window.confirm(question)) event.preventDefault();
    });
}

// After a refused sign-in the name is mostly right, and the password is to be typed again.
if (document.querySelector('.sign-in .notice.bad')) document.querySelector('.sign-in input[type="password"]')?.focus();

// A select that saves itself; without scripts its form has a button of its own.
for (const select of document.querySelectorAll('select[data-submit]')) {
    select.addEventListener('change', () => select.form.requestSubmit());
    select.form.querySelector('[data-without-script]')?.remove();
}

for (const button of document.querySelectorAll('button[data-copy]')) {
    button.addEventListener('click', async () => {
        const secret = document.getElementById(button.dataset.copy);
        const selection = window.getSelection();
        selection.selectAllChildren(secret);
        try {
            await navigator.clipboard.writeText(secret.textContent.trim());
        } catch {
            document.execCommand('copy'); // plain HTTP has no clipboard API
        }
        button.lastChild.textContent = ` ${button.dataset.copied}`;
    });
}

for (const button of document.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
}

for (const shown of document.querySelectorAll('[data-shown-if]')) {
    const [name, value] = shown.dataset.shownIf.split('=');
    const source = shown.closest('form').elements[name];
    const update = () => {
        shown.hidden = source.value !== value;
        for (const input of shown.querySelectorAll('input')) {
            input.disabled = shown.hidden;
            // Without scripts it is always there, and must not be asked for when it does not matter.
            if (input.dataset.required !== undefined) input.required = !shown.hidden;
        }
    };
    source.addEventListener('change', update);
    update();
}

// The fragment (which picture, which place) survives signing in; servers never see it.
for (const input of document.querySelectorAll('input[data-keep-fragment]')) {
    input.form.addEventListener('submit', () => {
        if (window.location.hash && !input.value.includes('#')) input.value += window.location.hash;
    });
}
for (const form of document.querySelectorAll('form.language-switch')) {
    form.addEventListener('submit', () => {
        form.elements.next.value = window.location.pathname + window.location.search + window.location.hash;
    });
}

// Pages with a script of their own say for themselves when they are ready.
if (!document.body.hasAttribute('data-script')) markReady();
