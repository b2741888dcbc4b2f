#pragma once
#include <stddef.h>
#include <stdint.h>

/* PNG in, through libpng. Nothing here prints, exits or throws. */

/* The size that a file announces; 0 when it is no PNG that can be read. */
int ws_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height);

/* Decodes a file of that size as interleaved 8-bit blue, green, red and opacity, rows of four times its width. 0 when it is
   damaged. */
int ws_png_read(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *samples);
