#include "CTurboJPEG.h"

#include <stdlib.h>
#include <turbojpeg.h>

static int subsampling(const ws_planes *planes) {
    if (planes->down == 2) return planes->across == 2 ? TJSAMP_420 : TJSAMP_440;
    return planes->across == 4 ? TJSAMP_411 : planes->across == 2 ? TJSAMP_422 : TJSAMP_444;
}

ws_jpeg_outcome ws_jpeg_encode(const ws_planes *planes, int quality, uint8_t **encoded, size_t *count) {
    tjhandle encoder = tjInitCompress();
    if (!encoder) return ws_jpeg_no_memory;
    const unsigned char *samples[3] = {planes->samples[0], planes->samples[1], planes->samples[2]};
    unsigned long size = 0;
    *encoded = NULL;
    int failed = tjCompressFromYUVPlanes(
        encoder, samples, planes->width, planes->stride, planes->height, subsampling(planes), encoded, &size, quality, 0);
    tjDestroy(encoder);
    *count = size;
    if (!failed) return ws_jpeg_done;
    ws_jpeg_free(*encoded);
    *encoded = NULL;
    return ws_jpeg_unsupported;
}

void ws_jpeg_free(uint8_t *encoded) {
    if (encoded) tjFree(encoded);
}

ws_jpeg_outcome ws_bgr_encode(
    const uint8_t *bgr, int width, int height, size_t stride, int quality, uint8_t **encoded, size_t *count) {
    tjhandle encoder = tjInitCompress();
    if (!encoder) return ws_jpeg_no_memory;
    unsigned long size = 0;
    *encoded = NULL;
    int failed = tjCompress2(
        encoder, bgr, width, (int)stride, height, TJPF_BGR, encoded, &size, TJSAMP_420, quality, 0);
    tjDestroy(encoder);
    *count = size;
    if (!failed) return ws_jpeg_done;
    ws_jpeg_free(*encoded);
    *encoded = NULL;
    return ws_jpeg_unsupported;
}

ws_jpeg_outcome ws_planes_to_bgr(const ws_planes *planes, ws_rectangle of, uint8_t *bgr, size_t stride) {
    if (of.x < 0 || of.y < 0 || of.width < 1 || of.height < 1) return ws_jpeg_unsupported;
    if (of.x + of.width > planes->width || of.y + of.height > planes->height) return ws_jpeg_unsupported;
    /* Chroma samples start at whole multiples: the caller asks for such an origin. */
    if (of.x % planes->across || of.y % planes->down) return ws_jpeg_unsupported;
    tjhandle decoder = tjInitDecompress();
    if (!decoder) return ws_jpeg_no_memory;
    const unsigned char *samples[3];
    for (int plane = 0; plane < 3; plane++) {
        size_t row = (size_t)(plane ? of.y / planes->down : of.y), column = (size_t)(plane ? of.x / planes->across : of.x);
        samples[plane] = planes->samples[plane] + row * planes->stride[plane] + column;
    }
    int failed = tjDecodeYUVPlanes(
        decoder, samples, planes->stride, subsampling(planes), bgr, of.width, (int)stride, of.height, TJPF_BGR,
        TJFLAG_FASTUPSAMPLE);
    tjDestroy(decoder);
    return failed ? ws_jpeg_unsupported : ws_jpeg_done;
}
