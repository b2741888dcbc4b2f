#pragma once
#include <stddef.h>
#include <stdint.h>

/* A line of text as a mask, through FreeType. Nothing here prints or exits. */

typedef struct ws_font ws_font;

/* Opens a font whose bytes the caller keeps for as long as it is open; NULL when it is none. */
ws_font *ws_font_open(const uint8_t *bytes, size_t count);
void ws_font_close(ws_font *font);

/* What a line takes: pixels from its left to its right end, and above and below its base line. 0 when it cannot be set.
   `size` is the font's, in pixels. */
int ws_font_measure(
    ws_font *font, const uint32_t *characters, size_t count, int size, int *width, int *above, int *below);

/* Draws a line: each byte of `mask` becomes the most of what it was and how much of its pixel the text covers. `x` and
   `baseline` are the pixel that the line starts from. What lies outside of the mask is left out. */
int ws_font_draw(
    ws_font *font, const uint32_t *characters, size_t count, int size, int x, int baseline, uint8_t *mask, int width,
    int height, size_t stride);
