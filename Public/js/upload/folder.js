// Finds every file of a dropped or chosen folder, without reading any.
// A file is { path, size, file() }: the path starts with the folder's own name, and is written as the server writes it (NFC).

/** The files of a drop. `onFound(count)` is called while looking. */
export async function filesOfDrop(transfer, onFound) {
    const entries = [];
    const loose = [];
    for (const item of [...transfer.items]) {
        if (item.kind !== 'file') continue;
        const entry = item.webkitGetAsEntry?.();
        if (entry) entries.push(entry);
        else {
            const file = item.getAsFile();
            if (file) loose.push(file);
        }
    }
    const found = loose.map((file) => plain(file, file.name));
    await walk(entries, found, onFound);
    return found;
}

/** Milliseconds of work between two breaths of the page. */
const breath = 40;

/**
 * The files of an <input type="file" webkitdirectory> (or of a plain one). The browser asks the disk for each size while the
 * page waits, so that thousands are taken a few at a time. `onFound(count)` is called while looking.
 */
export async function filesOfInput(input, onFound) {
    const found = [];
    let begun = performance.now();
    for (const file of [...input.files]) {
        found.push(plain(file, file.webkitRelativePath || file.name));
        if (performance.now() - begun < breath) continue;
        onFound(found.length);
        await new Promise((resolve) => { setTimeout(resolve); });
        begun = performance.now();
    }
    return found;
}

function plain(file, path) {
    return { path: path.normalize('NFC'), size: file.size, file: async () => file };
}

async function walk(roots, found, onFound) {
    const waiting = [...roots].reverse();
    while (waiting.length > 0) {
        const entry = waiting.pop();
        if (entry.isDirectory) {
            waiting.push(...(await contents(entry)).reverse());
            continue;
        }
        const file = await fileOf(entry).catch(() => null);
        // Only the size is kept: a card holds more files than a browser should hold objects of.
        found.push({ path: entry.fullPath.replace(/^\/+/, '').normalize('NFC'), size: file?.size ?? 0, file: () => fileOf(entry) });
        if (found.length % 100 === 0) onFound(found.length);
    }
    onFound(found.length);
}

const fileOf = (entry) => new Promise((resolve, reject) => { entry.file(resolve, reject); });

/** readEntries() gives a hundred or so at a time: it is asked until it gives none. */
async function contents(folder) {
    const reader = folder.createReader();
    const all = [];
    for (;;) {
        const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
        if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name, 'en'));
        all.push(...some);
    }
}

const raw = new Set(['arw', 'cr2', 'cr3', 'dng', 'gpr', 'nef', 'nrw', 'orf', 'pef', 'raf', 'rw2', 'srw']);

/**
 * What a file is by its name: picture, video, preview, hidden or other. Only pictures are sent, raw files
 * and those of phones among them: the server says whether a camera takes them.
 */
export function kindOf(path) {
    const name = path.split('/').pop();
    if (/^\.|^thumbs\.db$|^desktop\.ini$/i.test(name) || /(^|\/)\.(trashes|spotlight)/i.test(path)) return 'hidden';
    const extension = /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
    if (['jpg', 'jpeg', 'jpe'].includes(extension)) return 'picture';
    if (['mp4', 'mov', 'avi', 'lrv', 'insv', '360'].includes(extension)) return 'video';
    if (['thm'].includes(extension)) return 'preview';
    if (raw.has(extension) || ['heic', 'heif', 'hif'].includes(extension)) return 'picture';
    return 'other';
}

/** The name of the folder that all files lie in, or of the first one. */
export function commonFolder(files) {
    const names = new Set(files.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')));
    names.delete('');
    return [...names].slice(0, 3).join(', ');
}
