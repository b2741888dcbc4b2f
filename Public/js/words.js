// The words of the page's language. The server puts those a page needs into <meta name="wayside-words">.

const element = document.querySelector('meta[name="wayside-words"]');
const words = element ? JSON.parse(element.content) : {};

export const language = document.documentElement.lang || 'en';
/** Dates and numbers: English ones the British way. */
export const locale = language === 'en' ? 'en-GB' : language;
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locale);

/** The text of `key`, with `{name}` replaced by `values.name`; numbers are written as the language does. */
export function say(key, values = {}) {
    let text = words[key];
    if (typeof values.n === 'number') {
        text = words[`${key}_${plurals.select(values.n)}`] ?? words[`${key}_other`] ?? text;
    }
    if (text === undefined) return key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        if (value === undefined) return whole;
        return typeof value === 'number' ? numbers.format(value) : String(value);
    });
}

/** Whether there is a text for `key`. */
export function knows(key) {
    return words[key] !== undefined;
}

/** A number as the language writes it, with at most `digits` decimals. */
export function number(value, digits = 0) {
    return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** Bytes as kB, MB or GB. */
export function bytes(count) {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    let value = count;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit += 1; }
    // The short name of the unit has no plural in English: “7 byte”.
    const unitDisplay = unit === 0 ? 'long' : 'short';
    const digits = unit === 0 || value >= 100 ? 0 : 1;
    return new Intl.NumberFormat(locale, {
        style: 'unit', unit: units[unit], unitDisplay, maximumFractionDigits: digits,
    }).format(value);
}

/** Seconds as “3 min” or “1 h 20 min”, rounded the way a person would say it. */
export function duration(seconds) {
    const unit = (value, name) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
    if (seconds < 60) return unit(Math.max(1, Math.ceil(seconds / 5) * 5), 'second');
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return unit(minutes, 'minute');
    return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
}
