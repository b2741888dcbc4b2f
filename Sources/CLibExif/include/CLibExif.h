#pragma once

#include <stddef.h>
#include <stdint.h>

// Reads EXIF blocks with libexif and hands out the raw entries; no libexif type leaves this header.

typedef struct WaysideExif WaysideExif;

// The directories of an EXIF block, in libexif's order.
enum {
    WAYSIDE_EXIF_IMAGE = 0,
    WAYSIDE_EXIF_THUMBNAIL = 1,
    WAYSIDE_EXIF_PHOTO = 2,
    WAYSIDE_EXIF_GPS = 3,
    WAYSIDE_EXIF_INTEROPERABILITY = 4
};

// One tag's raw value, in the block's byte order. `bytes` lives as long as the handle.
typedef struct {
    int32_t directory;
    uint16_t tag;
    uint16_t format;  // TIFF 6.0 field type, 1 to 12
    uint32_t components;
    uint32_t size;
    const uint8_t *bytes;
} WaysideExifEntry;

// Parses an APP1 payload ("Exif\0\0" and a TIFF structure). NULL when there is nothing readable or no memory.
WaysideExif *wayside_exif_open(const uint8_t *payload, size_t size);
void wayside_exif_close(WaysideExif *exif);

// 1 when the block is little-endian ("II"), else 0.
int32_t wayside_exif_is_little_endian(const WaysideExif *exif);

uint32_t wayside_exif_count(const WaysideExif *exif);

// Fills `entry` and returns 1, or returns 0 when `index` is out of range.
int32_t wayside_exif_entry(const WaysideExif *exif, uint32_t index, WaysideExifEntry *entry);
