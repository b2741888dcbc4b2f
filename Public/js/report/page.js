// The page of a trip: reporting it.

import { openReport } from './dialog.js';
import { find, markReady } from '../dom.js';

const button = find('#do-report');
button.addEventListener('click', () => openReport({ sequence: button.dataset.sequence }, () => window.location.reload()));
markReady();
