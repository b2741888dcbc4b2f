#pragma once
#include <stddef.h>
#include <stdint.h>

/* JPEG in and out through libjpeg-turbo. Nothing here prints, exits or throws: each call returns one of these. */
typedef enum {
    ws_jpeg_done = 0,
    /* The bytes are no JPEG that can be read, or they end early. */
    ws_jpeg_damaged = 1,
    /* A valid JPEG of a kind that is not taken. */
    ws_jpeg_unsupported = 2,
    ws_jpeg_no_memory = 3
} ws_jpeg_outcome;

/* A picture as three planes of 8-bit samples (full-range BT.601: Y, Cb, Cr), as JPEG stores it. */
typedef struct {
    uint8_t *samples[3];
    /* Bytes from one row to the next, and rows that are allocated (both padded to whole MCUs when decoded). */
    int stride[3];
    int rows[3];
    /* Pixels of the picture. */
    int width, height;
    /* How many pixels share a chroma sample, across and down (1, 2 or 4). */
    int across, down;
    /* Whether the file held the planes in just this layout, so that its blocks can be replaced. */
    int native;
    /* Components in the file: 1 grey, 3 colour, 4 ink. */
    int components;
} ws_planes;

typedef struct {
    int x, y, width, height;
} ws_rectangle;

/* Allocates planes of the given size; samples are not initialised. */
ws_jpeg_outcome ws_planes_allocate(int width, int height, int across, int down, ws_planes *planes);
void ws_planes_free(ws_planes *planes);
/* Repeats the last column and row of luma where width or height is odd: an encoder reads whole chroma samples, and
   what lies there otherwise is memory of some earlier picture. */
void ws_planes_extend(ws_planes *planes);

/* Decodes a whole file. The header must have been checked against the pixel limit before. */
ws_jpeg_outcome ws_jpeg_decode(const uint8_t *bytes, size_t count, ws_planes *planes, char reason[200]);

/* Encodes planes as they are (4:4:4, 4:2:2, 4:2:0, 4:4:0 or 4:1:1). `*encoded` is freed with `ws_jpeg_free`. */
ws_jpeg_outcome ws_jpeg_encode(const ws_planes *planes, int quality, uint8_t **encoded, size_t *count);
void ws_jpeg_free(uint8_t *encoded);

/* Converts a rectangle of the planes to interleaved B, G, R bytes. */
ws_jpeg_outcome ws_planes_to_bgr(const ws_planes *planes, ws_rectangle of, uint8_t *bgr, size_t stride);
/* Encodes interleaved B, G, R bytes as 4:2:0. */
ws_jpeg_outcome ws_bgr_encode(
    const uint8_t *bgr, int width, int height, size_t stride, int quality, uint8_t **encoded, size_t *count);

/* Writes the file again with the blocks that touch the rectangles taken from `planes` (quantised as the file is)
   and every other coefficient as it was. Only for planes that are `native`. Unsupported when a coefficient is larger
   than Huffman codes can say. */
ws_jpeg_outcome ws_jpeg_replace(
    const uint8_t *bytes, size_t size, const ws_planes *planes, const ws_rectangle *rectangles, int rectangle_count,
    uint8_t **encoded, size_t *count, char reason[200]);
