#pragma once
#include <stddef.h>
#include <stdint.h>

/* JPEG files of every coding, and what is in them, for tests: straight through libjpeg, nothing of ours in between.
   Each call returns 0 when libjpeg refuses. */

typedef struct {
    int width, height;
    /* 1 grey, 3 red, green, blue, 4 ink (cyan, magenta, yellow, black). */
    int components;
    /* Sampling factors of luma; those of chroma are 1. */
    int across, down;
    int progressive, arithmetic;
    /* Whether the components come one after the other, each in a scan of its own. */
    int separate;
    /* MCUs between restart markers; 0 for none. */
    int restart;
    int quality;
} test_coding;

/* `pixels`: interleaved samples, row by row. `*bytes` is freed with `free`. */
int test_jpeg_encode(const uint8_t *pixels, const test_coding *coding, uint8_t **bytes, size_t *count);

typedef struct {
    /* Blocks of 64 coefficients in natural order, row by row. */
    int16_t *blocks;
    int columns, rows;
    /* Sampling factors. */
    int across, down;
    uint16_t quantisation[64];
} test_component;

typedef struct {
    int width, height, components, across, down;
    test_component component[4];
} test_coefficients;

/* The same file with a coefficient that no Huffman code is made for (arithmetic coding holds any). */
int test_jpeg_exaggerate(const uint8_t *bytes, size_t count, uint8_t **exaggerated, size_t *size);

/* Everything that a file says about its pixels. Freed with `test_coefficients_free`, whatever came out. */
int test_coefficients_read(const uint8_t *bytes, size_t count, test_coefficients *coefficients);
void test_coefficients_free(test_coefficients *coefficients);
