#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raw files of cameras through LibRaw. Nothing here prints, exits or throws: each call returns one of these. */
typedef enum {
    ws_raw_done = 0,
    /* The bytes are no raw file that can be read, or they end early. */
    ws_raw_damaged = 1,
    /* A raw file of a kind that LibRaw cannot decode. */
    ws_raw_unsupported = 2,
    /* It announces more pixels than are allowed. */
    ws_raw_too_large = 3,
    ws_raw_no_memory = 4
} ws_raw_outcome;

typedef struct ws_raw ws_raw;

/* What a raw file says of itself; texts are empty where it says nothing. */
typedef struct {
    /* Pixels of the picture as stored, without the sensor's edges. */
    int width, height;
    /* As EXIF's tag Orientation: 1, 3, 6 or 8. */
    int orientation;
    char make[64];
    char model[64];
    char serial[64];
    /* Seconds since 1970 of the camera's clock, as if that showed UTC; 0: not known. */
    int64_t clock;
} ws_raw_facts;

/* Reads the headers. The bytes stay the caller's, unchanged and where they are, until `ws_raw_close`. */
ws_raw_outcome ws_raw_open(
    const uint8_t *bytes, size_t count, int64_t maximum_pixels, ws_raw **opened, ws_raw_facts *facts);
void ws_raw_close(ws_raw *raw);

/* The largest preview that is a JPEG; it belongs to `raw`. Unsupported: there is none. */
ws_raw_outcome ws_raw_preview(ws_raw *raw, const uint8_t **bytes, size_t *count);

/* Develops the sensor's own data at half its size, not turned: interleaved B, G, R bytes without padding, which are
   freed with `ws_raw_free`. */
ws_raw_outcome ws_raw_develop(ws_raw *raw, uint8_t **bgr, int *width, int *height);
void ws_raw_free(uint8_t *bgr);

#ifdef __cplusplus
}
#endif
