// The page's side of the hashing worker.

/** Hashes one file after the other in a worker. */
export class Hasher {
    constructor() {
        this.waiting = new Map();
        this.count = 0;
        this.worker = new Worker(new URL('./hash-worker.js', import.meta.url), { type: 'module' });
        this.worker.addEventListener('message', ({ data }) => {
            const { resolve, reject } = this.waiting.get(data.number);
            this.waiting.delete(data.number);
            if (data.error) reject(new Error(data.error));
            else resolve(data.sha256);
        });
        this.worker.addEventListener('error', (event) => {
            for (const { reject } of this.waiting.values()) reject(new Error(event.message));
            this.waiting.clear();
        });
    }

    /** 64 hexadecimal digits. */
    sha256(file) {
        this.count += 1;
        const number = this.count;
        return new Promise((resolve, reject) => {
            this.waiting.set(number, { resolve, reject });
            this.worker.postMessage({ number, file });
        });
    }

    close() { this.worker.terminate(); }
}
