// What the map shows and in which colours: the form in #filters, and the conditions that follow from it.

import { find, make } from '../dom.js';
import { say } from '../words.js';
import { call } from '../api.js';

const fields = ['date_from', 'date_to', 'pic_type', 'label', 'account', 'tag', 'object', 'theme'];

/** The form in #filters; `onChange()` whenever something else is asked for. */
export class Filters {
    constructor({ start, onChange }) {
        this.panel = find('#filters');
        this.form = find('#filter-form');
        this.onChange = onChange;
        /** Names of labels by id, in the order of their colours. */
        this.labels = new Map();
        this.accounts = new Map();
        this.values = only(start ?? {});
        this.form.addEventListener('input', () => this.read());
        this.form.addEventListener('submit', (event) => event.preventDefault());
        this.form.addEventListener('reset', (event) => {
            event.preventDefault();
            this.show({});
            this.changed();
        });
        this.panel.addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.toggle(false); });
        find('#filters-close').addEventListener('click', () => this.toggle(false));
        find('#do-filters').addEventListener('click', () => this.toggle());
        this.show(this.values);
        this.named = this.name();
    }

    /** How many conditions there are, colours left out. */
    get count() { return Object.keys(this.values).filter((key) => key !== 'theme').length; }

    get theme() { return this.values.theme ?? 'type'; }

    get label() { return this.values.label ?? null; }

    /** CQL2 text when tags or found objects are asked for, else null. */
    get meaning() {
        const parts = [];
        const { tag, object } = this.values;
        if (tag) {
            const [, key, value] = /^([^=]+)(?:=(.*))?$/.exec(tag) ?? [null, tag];
            const name = `"semantics.${key.trim().replaceAll('"', '""')}"`;
            parts.push(value?.trim() ? `${name} = ${quoted(value.trim())}` : `${name} IS NOT NULL`);
        }
        if (object) parts.push(`A_CONTAINS("wayside:objects", (${quoted(object)}))`);
        return parts.length ? parts.join(' AND ') : null;
    }

    /** The rest of the conditions in CQL2, for a search that knows what tiles do not. */
    get everything() {
        const { date_from: from, date_to: to, pic_type: type, account } = this.values;
        const labelName = this.labels.get(this.label);
        return [
            this.meaning,
            from && `datetime >= TIMESTAMP('${from}T00:00:00Z')`,
            to && `datetime <= TIMESTAMP('${to}T23:59:59.999Z')`,
            type && `"wayside:type" = ${quoted(type)}`,
            account && this.accounts.get(account) && `"geovisio:producer" = ${quoted(this.accounts.get(account))}`,
            labelName && `"wayside:camera_label" = ${quoted(labelName)}`,
        ].filter(Boolean).join(' AND ');
    }

    /** Conditions on a feature of the tiles; its time is in `time`, an RFC 3339 time or a day. */
    conditions(time) {
        const { date_from: from, date_to: to, pic_type: type, account } = this.values;
        const day = ['slice', ['to-string', ['get', time]], 0, 10];
        const all = ['all'];
        if (from) all.push(['>=', day, from]);
        if (to) all.push(['<=', day, to]);
        if (type) all.push(['==', ['get', 'type'], type]);
        if (account) all.push(['==', ['get', 'account_id'], account]);
        return all;
    }

    toggle(isOpen = this.panel.hidden) {
        this.panel.hidden = !isOpen;
        find('#do-filters').setAttribute('aria-expanded', String(isOpen));
        if (isOpen) this.form.querySelector('select, input').focus({ preventScroll: true });
        else find('#do-filters').focus({ preventScroll: true });
    }

    /** Accounts that are seen on the map can be chosen. */
    async offerAccounts(ids) {
        const fresh = ids.filter((id) => id && !this.accounts.has(id)).slice(0, 20);
        for (const id of fresh) this.accounts.set(id, null);
        await Promise.all(fresh.map((id) => call(`/api/users/${id}`).then(
            ({ name }) => this.accounts.set(id, name), () => this.accounts.delete(id))));
        if (fresh.length) this.fillSelect('account', this.accounts);
    }

    async name() {
        const answer = await call('/api/camera_labels').catch(() => ({ camera_labels: [] }));
        this.labels = new Map(answer.camera_labels.map(({ id, name }) => [id, name]));
        this.fillSelect('label', this.labels);
        if (this.values.account) await this.offerAccounts([this.values.account]);
        return this.labels;
    }

    fillSelect(field, names) {
        const select = this.form.elements[field];
        const known = [...names].filter(([, name]) => name).sort(([, a], [, b]) => a.localeCompare(b));
        select.replaceChildren(make('option', { value: '' }, say('filterAll')),
            ...known.map(([id, name]) => make('option', { value: id }, name)));
        select.value = this.values[field] ?? '';
        select.closest('label').hidden = known.length < 2 && !this.values[field];
    }

    show(values) {
        this.values = only(values);
        for (const field of fields) this.form.elements[field].value = this.values[field] ?? (field === 'theme' ? 'type' : '');
        this.mark();
    }

    read() {
        this.values = only(Object.fromEntries(fields.map((field) => [field, this.form.elements[field].value.trim()])));
        this.mark();
        clearTimeout(this.typing);
        this.typing = setTimeout(() => this.changed(), 250);
    }

    changed() {
        this.mark();
        this.onChange();
    }

    mark() {
        const badge = find('#filters-count');
        badge.textContent = this.count || '';
        badge.hidden = this.count === 0;
    }
}

const checks = {
    date_from: /^\d{4}-\d\d-\d\d$/, date_to: /^\d{4}-\d\d-\d\d$/, pic_type: /^(flat|equirectangular)$/,
    label: /^[0-9a-f-]{36}$/, account: /^[0-9a-f-]{36}$/, tag: /^.{1,200}$/, object: /^.{1,100}$/, theme: /^(age|label)$/,
};

/** The fields that say something that can be asked for. */
export function only(values) {
    return Object.fromEntries(fields.filter((field) => checks[field].test(values[field] ?? '')).map((field) => [field, values[field]]));
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
