// Small helpers to build and find elements.

const namespace = 'http://www.w3.org/2000/svg';

/** The first element that matches, or an error that names the selector. */
export function find(selector, within = document) {
    const element = within.querySelector(selector);
    if (!element) throw new Error(`no ${selector} on this page`);
    return element;
}

/** An element with properties and children (strings become text, so nothing is ever parsed as HTML). */
export function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (value === undefined || value === null || value === false) continue;
        if (key === 'class') element.className = value;
        else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (key in element && !key.includes('-') && key !== 'list') element[key] = value;
        else element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
}

/** An icon of /icons.svg. */
export function icon(name) {
    const svg = document.createElementNS(namespace, 'svg');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS(namespace, 'use');
    use.setAttribute('href', `/icons.svg#${name}`);
    svg.append(use);
    return svg;
}

/** Replaces the icon inside a button. */
export function setIcon(button, name) {
    button.querySelector('use').setAttribute('href', `/icons.svg#${name}`);
}

/** Tells tests and scripts that the page shows what it came to show. */
export function markReady() {
    document.body.dataset.ready = 'true';
}
