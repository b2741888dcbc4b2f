// Brightness and contrast of the picture on screen, for dark lanes and low sun.

import { find } from '../dom.js';

/** The two sliders in #light; the picture's own file stays as it is. */
export class Light {
    constructor(pane) {
        this.pane = pane;
        this.panel = find('#light');
        this.button = find('#do-light');
        this.sliders = [...this.panel.querySelectorAll('input')];
        for (const slider of this.sliders) slider.addEventListener('input', () => this.apply());
        find('#light-reset').addEventListener('click', () => this.reset());
        this.button.addEventListener('click', () => this.toggle());
        this.panel.addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.toggle(false); });
    }

    toggle(isOpen = this.panel.hidden) {
        this.panel.hidden = !isOpen;
        this.button.setAttribute('aria-expanded', String(isOpen));
        (isOpen ? this.sliders[0] : this.button).focus({ preventScroll: true });
    }

    reset() {
        for (const slider of this.sliders) slider.value = '100';
        this.apply();
    }

    apply() {
        const [brightness, contrast] = this.sliders.map((slider) => Number(slider.value) / 100);
        const isPlain = brightness === 1 && contrast === 1;
        this.pane.style.setProperty('--light', isPlain ? 'none' : `brightness(${brightness}) contrast(${contrast})`);
        this.button.classList.toggle('is-on', !isPlain);
    }
}
