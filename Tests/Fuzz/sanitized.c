/* Reads pictures from standard input, each behind its length (4 bytes, little-endian), and does to each what the
   darkroom does in C: decode, convert, replace, encode, read the tags. Built with sanitizers by `sanitized`. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CLibExif.h"
#include "CTurboJPEG.h"

static long decoded, replaced, entries;

/* The darkroom looks at the size before it decodes. */
static int is_small(const uint8_t *bytes, size_t count) {
    for (size_t at = 2; at + 9 < count; at++) {
        int marker = bytes[at + 1];
        if (bytes[at] != 0xFF || marker < 0xC0 || marker > 0xCF || marker == 0xC4 || marker == 0xC8 || marker == 0xCC) continue;
        long height = bytes[at + 5] << 8 | bytes[at + 6], width = bytes[at + 7] << 8 | bytes[at + 8];
        if (width * height > 4000000) return 0;
    }
    return 1;
}

static void pixels(const uint8_t *bytes, size_t count) {
    ws_planes planes;
    char reason[200];
    if (!is_small(bytes, count) || ws_jpeg_decode(bytes, count, &planes, reason) != ws_jpeg_done) return;
    decoded++;
    int width = planes.width, height = planes.height;
    uint8_t *bgr = malloc((size_t)width * (size_t)height * 3), *file = NULL;
    size_t size = 0;
    ws_planes_to_bgr(&planes, (ws_rectangle){0, 0, width, height}, bgr, (size_t)width * 3);
    if (ws_bgr_encode(bgr, width, height, (size_t)width * 3, 80, &file, &size) == ws_jpeg_done) ws_jpeg_free(file);
    free(bgr);
    ws_rectangle areas[] = {{0, 0, 1, 1}, {width / 3, height / 3, width - width / 3, height - height / 3}, {width - 1, 0, 1, height}};
    if (planes.native && ws_jpeg_replace(bytes, count, &planes, areas, 3, &file, &size, reason) == ws_jpeg_done) {
        replaced++;
        ws_jpeg_free(file);
    }
    ws_planes_extend(&planes);
    if (ws_jpeg_encode(&planes, 80, &file, &size) == ws_jpeg_done) ws_jpeg_free(file);
    ws_planes_free(&planes);
}

static void tags(const uint8_t *bytes, size_t count) {
    for (size_t at = 0; at + 6 < count; at++) {
        if (memcmp(bytes + at, "Exif\0\0", 6)) continue;
        /* A copy of just this length: reading beyond its end is noticed. */
        size_t size = count - at < 65533 ? count - at : 65533;
        uint8_t *payload = malloc(size);
        memcpy(payload, bytes + at, size);
        WaysideExif *exif = wayside_exif_open(payload, size);
        free(payload);
        if (!exif) continue;
        WaysideExifEntry entry;
        volatile uint8_t sum = 0;
        for (uint32_t index = 0; index < wayside_exif_count(exif); index++) {
            if (!wayside_exif_entry(exif, index, &entry)) continue;
            entries++;
            for (uint32_t byte = 0; byte < entry.size; byte++) sum += entry.bytes[byte];
        }
        wayside_exif_close(exif);
        return;
    }
}

int main(void) {
    uint8_t head[4];
    long pictures = 0;
    while (fread(head, 1, 4, stdin) == 4) {
        size_t count = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
        uint8_t *bytes = malloc(count ? count : 1);
        if (fread(bytes, 1, count, stdin) != count) return 2;
        pixels(bytes, count);
        tags(bytes, count);
        free(bytes);
        pictures++;
    }
    printf("%ld pictures: %ld decoded, %ld replaced, %ld entries of tags\n", pictures, decoded, replaced, entries);
    return 0;
}
