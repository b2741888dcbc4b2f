// Plays a sequence: the next picture is asked for only when the one before is on screen and its time is over.

/** `step()` shows the next picture and tells whether there was one; `onChange(isPlaying)` for the button. */
export class Player {
    constructor({ step, onChange }) {
        this.step = step;
        this.onChange = onChange;
        this.interval = 1000;
        this.run = 0;
    }

    get isPlaying() { return this.run % 2 === 1; }

    toggle() { if (this.isPlaying) this.stop(); else this.start(); }

    stop() {
        if (!this.isPlaying) return;
        this.run += 1;
        clearTimeout(this.timer);
        this.onChange(false);
    }

    start() {
        if (this.isPlaying) return;
        this.run += 1;
        this.onChange(true);
        this.advance(this.run);
    }

    async advance(run) {
        const began = performance.now();
        const went = await this.step();
        if (run !== this.run) return;
        if (!went) { this.stop(); return; }
        this.timer = setTimeout(() => this.advance(run), Math.max(0, this.interval - (performance.now() - began)));
    }
}
