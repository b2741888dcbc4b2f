// SHA-256 (FIPS 180-4) in plain JavaScript, because crypto.subtle exists over HTTPS only and takes whole files only.

const K = new Uint32Array([
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** Takes bytes in any pieces; `finish()` gives 64 hexadecimal digits. */
export class SHA256 {
    constructor() {
        this.state = new Uint32Array([
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
        ]);
        this.block = new Uint8Array(64);
        this.filled = 0;
        this.length = 0;
        this.schedule = new Int32Array(64);
    }

    update(bytes) {
        this.length += bytes.length;
        let at = 0;
        if (this.filled > 0) {
            at = Math.min(64 - this.filled, bytes.length);
            this.block.set(bytes.subarray(0, at), this.filled);
            this.filled += at;
            if (this.filled < 64) return this;
            this.compress(this.block, 0);
            this.filled = 0;
        }
        for (; at + 64 <= bytes.length; at += 64) this.compress(bytes, at);
        this.block.set(bytes.subarray(at));
        this.filled = bytes.length - at;
        return this;
    }

    finish() {
        const padding = new Uint8Array((this.filled < 56 ? 64 : 128) - this.filled);
        padding[0] = 0x80;
        const view = new DataView(padding.buffer);
        view.setUint32(padding.length - 8, Math.floor(this.length / 2 ** 29));
        view.setUint32(padding.length - 4, (this.length << 3) >>> 0);
        this.update(padding);
        return [...this.state].map((word) => word.toString(16).padStart(8, '0')).join('');
    }

    compress(bytes, at) {
        const w = this.schedule;
        for (let i = 0; i < 16; i += 1, at += 4) {
            w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
        }
        for (let i = 16; i < 64; i += 1) {
            const x = w[i - 15];
            const y = w[i - 2];
            const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
            const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
            w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
        const s = this.state;
        let a = s[0] | 0, b = s[1] | 0, c = s[2] | 0, d = s[3] | 0;
        let e = s[4] | 0, f = s[5] | 0, g = s[6] | 0, h = s[7] | 0;
        for (let i = 0; i < 64; i += 1) {
            const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
            const t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
            const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
            const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
            h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
        }
        s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
    }
}
