#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Arithmetic on pixels through OpenCV. Nothing here throws or prints: each call returns whether it succeeded. */

/* Interleaved 8-bit samples in somebody else's memory. */
typedef struct {
    uint8_t *samples;
    int width, height;
    /* Samples a pixel: 1, 3 or 4. */
    int channels;
    /* Bytes from one row to the next. */
    size_t stride;
} ws_pixels;

/* Keeps OpenCV to the calling thread, and freed memory in the process. */
int ws_cv_set_up(void);

/* Gives freed memory back to the kernel. */
void ws_cv_release_memory(void);

/* Fills `to` with `from` at another size: mean of the covered area when shrinking, bilinear when growing. */
int ws_cv_resize(const ws_pixels *from, const ws_pixels *to);
/* Between half and double size, each pixel from its nearest four: the quick way, with all channels at once. */
int ws_cv_resample(const ws_pixels *from, const ws_pixels *to);

/* Fills `to` with `from` turned the way the EXIF orientation (1-8) asks for. */
int ws_cv_upright(const ws_pixels *from, int orientation, const ws_pixels *to);

/* Fills `to` with what the matrix finds in `from`: for the middle of each pixel (x, y) the place (back[0] x + back[1] y +
   back[2], back[3] x + back[4] y + back[5]), from its nearest sixteen. What lies beyond an edge is as the edge. */
int ws_cv_warp(const ws_pixels *from, const ws_pixels *to, const double back[6]);

/* Lays interleaved blue, green, red and opacity over planes of luma and chroma (full-range BT.601), which may be coarser. */
int ws_cv_blend(const ws_pixels *over, const ws_pixels planes[3]);

/* Mean and standard deviation of the first channel. */
int ws_cv_statistics(const ws_pixels *of, double *mean, double *deviation);

int ws_cv_fill(const ws_pixels *pixels, uint8_t value);

#ifdef __cplusplus
}
#endif
