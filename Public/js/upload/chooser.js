// The frame into which a folder is dropped, and the button beside it.

import { filesOfDrop, filesOfInput } from './folder.js';
import { find } from '../dom.js';

/** Calls `onFiles(files)` with what was dropped or chosen, `onFound(count)` while it looks; asks `mayChoose()` before. */
export class Chooser {
    constructor({ mayChoose, isBusy, onFiles, onFound }) {
        this.mayChoose = mayChoose;
        this.isBusy = isBusy;
        this.zone = find('#drop-zone');
        const input = find('#folder-input');
        find('#choose-folder').addEventListener('click', () => input.click());
        input.addEventListener('change', async () => {
            const files = filesOfInput(input, onFound);
            input.value = ''; // the same folder may be chosen again
            if ((await files).length > 0) onFiles(await files);
        });
        document.addEventListener('dragover', (event) => this.over(event));
        document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) this.zone.classList.remove('over'); });
        document.addEventListener('drop', async (event) => {
            event.preventDefault();
            this.zone.classList.remove('over');
            if (!mayChoose()) return;
            onFound(0);
            onFiles(await filesOfDrop(event.dataTransfer, onFound));
        });
        this.update();
    }

    over(event) {
        event.preventDefault();
        event.dataTransfer.dropEffect = this.mayChoose() ? 'copy' : 'none';
        if (this.mayChoose()) this.zone.classList.add('over');
    }

    update() {
        const may = this.mayChoose();
        this.zone.classList.toggle('off', !may);
        find('#choose-folder').disabled = !may;
        find('#label-first').hidden = may || this.isBusy();
    }
}
