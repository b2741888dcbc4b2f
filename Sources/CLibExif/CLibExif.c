#include "CLibExif.h"

#include <libexif/exif-data.h>
#include <stdlib.h>

// A JPEG segment holds fewer than 5,461 twelve-byte entries; anything above is a trick.
static const uint32_t most_entries = 4096;

struct WaysideExif {
    ExifData *data;
    uint32_t count;
};

WaysideExif *wayside_exif_open(const uint8_t *payload, size_t size) {
    if (payload == NULL || size < 14 || size > 65535) { return NULL; }
    WaysideExif *exif = calloc(1, sizeof(WaysideExif));
    if (exif == NULL) { return NULL; }
    exif->data = exif_data_new();
    if (exif->data == NULL) {
        free(exif);
        return NULL;
    }
    // Take the block as it is: keep tags libexif has no name for, invent and correct nothing.
    exif_data_unset_option(exif->data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
    exif_data_unset_option(exif->data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_set_option(exif->data, EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
    exif_data_load_data(exif->data, payload, (unsigned int)size);

    for (int directory = 0; directory < EXIF_IFD_COUNT; directory++) {
        ExifContent *content = exif->data->ifd[directory];
        if (content != NULL) { exif->count += content->count; }
    }
    if (exif->count == 0 || exif->count > most_entries) {
        wayside_exif_close(exif);
        return NULL;
    }
    return exif;
}

void wayside_exif_close(WaysideExif *exif) {
    if (exif == NULL) { return; }
    exif_data_unref(exif->data);
    free(exif);
}

int32_t wayside_exif_is_little_endian(const WaysideExif *exif) {
    return exif_data_get_byte_order(exif->data) == EXIF_BYTE_ORDER_INTEL ? 1 : 0;
}

uint32_t wayside_exif_count(const WaysideExif *exif) { return exif->count; }

int32_t wayside_exif_entry(const WaysideExif *exif, uint32_t index, WaysideExifEntry *entry) {
    for (int directory = 0; directory < EXIF_IFD_COUNT; directory++) {
        const ExifContent *content = exif->data->ifd[directory];
        if (content == NULL) { continue; }
        if (index >= content->count) {
            index -= content->count;
            continue;
        }
        const ExifEntry *found = content->entries[index];
        entry->directory = directory;
        entry->tag = (uint16_t)found->tag;
        entry->format = (uint16_t)found->format;
        entry->components = (uint32_t)found->components;
        entry->size = found->data == NULL ? 0 : found->size;
        entry->bytes = found->data;
        return 1;
    }
    return 0;
}
