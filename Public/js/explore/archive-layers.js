// How an archive of vector tiles is drawn that brings no style: by what its layers are called in the usual schemas
// (Protomaps, OpenMapTiles, Shortbread).

const water = '#c9dbe3';
const land = '#f2f1ec';
const casing = '#d8d3cb';

const areas = [
    [/^earth$/, land], [/^(land|landcover|landuse|park)s?$|^sites$/, '#e4ead9'], [/^(water|ocean|lake|water_polygons)s?$/, water],
    [/^buildings?$/, '#e3ded6'],
];
const lines = [
    [/^(waterway|water_lines|rivers?)$/, { 'line-color': water, 'line-width': 1.5 }],
    [/^(boundary|boundaries)$/, { 'line-color': '#b3aca6', 'line-width': 1, 'line-dasharray': [4, 2] }],
];
const streets = /^(roads|streets|transportation)$/;
const names = /^(places?|place_labels|boundary_labels|street_labels|transportation_name|roads)$/;

/**
 * @param {{ id: string }[]} parts the layers that the archive says it has
 * @returns {object[]} layers of a style with one source, `base`
 */
export function archiveLayers(parts) {
    const known = parts.map(({ id }) => id);
    const layer = (id, type, kind, paint, more = {}) => ({
        id: `base-${type}-${id}${more.suffix ?? ''}`, type, source: 'base', 'source-layer': id,
        ...(kind ? { filter: ['==', ['geometry-type'], kind] } : {}), paint, ...(more.layout ? { layout: more.layout } : {}),
    });
    const matching = (pattern) => known.filter((id) => pattern.test(id));
    const round = { 'line-cap': 'round', 'line-join': 'round' };
    const width = (narrow, wide) => ['interpolate', ['exponential', 1.6], ['zoom'], 8, narrow, 18, wide];
    return [
        // Where land is drawn, what is left is water.
        { id: 'base-background', type: 'background', paint: { 'background-color': known.includes('earth') ? water : land } },
        ...areas.flatMap(([pattern, colour]) => matching(pattern).map((id) => layer(id, 'fill', 'Polygon', { 'fill-color': colour }))),
        ...lines.flatMap(([pattern, paint]) => matching(pattern).map((id) => layer(id, 'line', 'LineString', paint))),
        ...matching(streets).map((id) => layer(id, 'line', 'LineString', { 'line-color': casing, 'line-width': width(0.6, 16) }, { suffix: '-casing', layout: round })),
        ...matching(streets).map((id) => layer(id, 'line', 'LineString', { 'line-color': '#fff', 'line-width': width(0.2, 13) }, { layout: round })),
        ...matching(names).map((id) => layer(id, 'symbol', null, { 'text-color': '#4d5a61', 'text-halo-color': '#fff', 'text-halo-width': 1.2 }, {
            layout: {
                'text-field': ['coalesce', ['get', 'name'], ''], 'text-size': 12,
                'symbol-placement': /road|street|transportation/.test(id) ? 'line' : 'point',
            },
        })),
    ];
}
