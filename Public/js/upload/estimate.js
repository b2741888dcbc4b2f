// How long it will still take, from what went through in the last minute.

/** Feed it with bytes done; it tells seconds left, or null while it cannot know. */
export class Estimate {
    constructor() { this.samples = []; }

    record(done, now = performance.now()) {
        const last = this.samples.at(-1);
        if (last && now - last.now < 1000) return;
        this.samples.push({ done, now });
        while (this.samples.length > 2 && now - this.samples[0].now > 60_000) this.samples.shift();
    }

    /** Bytes a second. */
    get speed() {
        const first = this.samples[0];
        const last = this.samples.at(-1);
        if (!last || last.now - first.now < 2500) return null;
        return Math.max(0, last.done - first.done) / (last.now - first.now) * 1000;
    }

    secondsLeft(rest) {
        const { speed } = this;
        return speed ? rest / speed : null;
    }
}
