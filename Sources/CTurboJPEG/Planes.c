#include "CTurboJPEG.h"

#include <stdlib.h>
#include <string.h>

enum { alignment = 64 };

static int padded(int length, int multiple) { return (length + multiple - 1) / multiple * multiple; }

ws_jpeg_outcome ws_planes_allocate(int width, int height, int across, int down, ws_planes *planes) {
    memset(planes, 0, sizeof *planes);
    planes->width = width;
    planes->height = height;
    planes->across = across;
    planes->down = down;
    planes->components = 3;
    /* 32 = the largest MCU, so that a decoder or encoder may work on whole MCUs. */
    int full_width = padded(width, 32), full_height = padded(height, 32);
    for (int plane = 0; plane < 3; plane++) {
        planes->stride[plane] = padded(plane ? full_width / across : full_width, alignment);
        planes->rows[plane] = plane ? full_height / down : full_height;
        size_t size = (size_t)planes->stride[plane] * planes->rows[plane];
        planes->samples[plane] = aligned_alloc(alignment, size);
        if (!planes->samples[plane]) {
            ws_planes_free(planes);
            return ws_jpeg_no_memory;
        }
    }
    return ws_jpeg_done;
}

void ws_planes_extend(ws_planes *planes) {
    size_t stride = (size_t)planes->stride[0];
    int width = planes->width, full_width = padded(width, planes->across);
    for (int row = 0; row < planes->height; row++) {
        uint8_t *samples = planes->samples[0] + row * stride;
        memset(samples + width, samples[width - 1], (size_t)(full_width - width));
    }
    uint8_t *last = planes->samples[0] + (size_t)(planes->height - 1) * stride;
    for (int row = planes->height; row < padded(planes->height, planes->down); row++)
        memcpy(planes->samples[0] + row * stride, last, (size_t)full_width);
}

void ws_planes_free(ws_planes *planes) {
    for (int plane = 0; plane < 3; plane++) {
        free(planes->samples[plane]);
        planes->samples[plane] = NULL;
    }
}
