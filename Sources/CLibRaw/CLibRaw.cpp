#include "CLibRaw.h"

#include <libraw/libraw.h>

#include <cstdlib>
#include <cstring>
#include <ctime>
#include <new>

struct ws_raw {
    // Without callbacks: they would write what is in the file to standard error.
    LibRaw reader{LIBRAW_OPIONS_NO_MEMERR_CALLBACK | LIBRAW_OPIONS_NO_DATAERR_CALLBACK};
    int64_t maximum_pixels = 0;
    int64_t size = 0;
};

namespace {

// Megabytes that LibRaw may take for the sensor's data; the process's own limit is twice as high.
const int most_memory = 1024;

// Of a pixel, in the file: no camera compresses further.
const int fewest_bits = 2;

ws_raw_outcome outcome_of(int code) {
    switch (code) {
    case LIBRAW_SUCCESS: return ws_raw_done;
    case LIBRAW_FILE_UNSUPPORTED:
    case LIBRAW_REQUEST_FOR_NONEXISTENT_IMAGE:
    case LIBRAW_OUT_OF_ORDER_CALL:
    case LIBRAW_NO_THUMBNAIL:
    case LIBRAW_UNSUPPORTED_THUMBNAIL:
    case LIBRAW_NOT_IMPLEMENTED: return ws_raw_unsupported;
    case LIBRAW_TOO_BIG: return ws_raw_too_large;
    case LIBRAW_UNSUFFICIENT_MEMORY:
    case LIBRAW_MEMPOOL_OVERFLOW: return ws_raw_no_memory;
    default: return ws_raw_damaged;
    }
}

// Whatever the library throws, and whatever the allocator does, is an outcome.
template <typename Work> ws_raw_outcome guarded(Work work) {
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return ws_raw_no_memory;
    } catch (...) {
        return ws_raw_damaged;
    }
}

template <size_t Size> void copy(char (&target)[Size], const char *source, size_t longest) {
    size_t length = strnlen(source, longest);
    if (length >= Size) { length = Size - 1; }
    memcpy(target, source, length);
    target[length] = 0;
}

int orientation_of(int flip) {
    switch (flip) {
    case 3: return 3;
    case 5: return 8;
    case 6: return 6;
    default: return 1;
    }
}

// LibRaw reads the camera's clock as local time: back to what it showed.
int64_t clock_of(time_t moment) {
    struct tm shown;
    if (moment <= 0 || localtime_r(&moment, &shown) == nullptr) { return 0; }
    return static_cast<int64_t>(timegm(&shown));
}

bool is_too_large(const libraw_image_sizes_t &sizes, int64_t maximum) {
    int64_t whole = static_cast<int64_t>(sizes.raw_width) * sizes.raw_height;
    int64_t seen = static_cast<int64_t>(sizes.width) * sizes.height;
    // The edges of a sensor are not counted against the picture, but are not free either.
    return seen > maximum || whole > maximum * 2;
}

} // namespace

ws_raw_outcome ws_raw_open(
    const uint8_t *bytes, size_t count, int64_t maximum_pixels, ws_raw **opened, ws_raw_facts *facts) {
    return guarded([&] {
        ws_raw *raw = new ws_raw;
        raw->maximum_pixels = maximum_pixels;
        raw->size = static_cast<int64_t>(count);
        libraw_output_params_t &params = raw->reader.imgdata.params;
        params.max_raw_memory_mb = most_memory;
        params.half_size = 1;
        params.output_bps = 8;
        params.output_color = 1;
        params.use_camera_wb = 1;
        params.user_flip = 0;
        ws_raw_outcome outcome = ws_raw_damaged;
        try {
            outcome = outcome_of(raw->reader.open_buffer(const_cast<uint8_t *>(bytes), count));
        } catch (...) {
            delete raw;
            throw;
        }
        const libraw_data_t &data = raw->reader.imgdata;
        if (outcome == ws_raw_done && is_too_large(data.sizes, maximum_pixels)) { outcome = ws_raw_too_large; }
        if (facts != nullptr) {
            memset(facts, 0, sizeof(*facts));
            facts->width = data.sizes.width;
            facts->height = data.sizes.height;
            facts->orientation = orientation_of(data.sizes.flip);
            copy(facts->make, data.idata.make, sizeof(data.idata.make));
            copy(facts->model, data.idata.model, sizeof(data.idata.model));
            copy(facts->serial, data.shootinginfo.BodySerial, sizeof(data.shootinginfo.BodySerial));
            facts->clock = clock_of(data.other.timestamp);
        }
        if (outcome != ws_raw_done) {
            delete raw;
            return outcome;
        }
        *opened = raw;
        return ws_raw_done;
    });
}

void ws_raw_close(ws_raw *raw) {
    try {
        delete raw;
    } catch (...) {
        // What cannot be given back is lost with the process.
    }
}

ws_raw_outcome ws_raw_preview(ws_raw *raw, const uint8_t **bytes, size_t *count) {
    return guarded([&] {
        ws_raw_outcome outcome = outcome_of(raw->reader.unpack_thumb());
        if (outcome != ws_raw_done) { return outcome; }
        const libraw_thumbnail_t &thumbnail = raw->reader.imgdata.thumbnail;
        if (thumbnail.tformat != LIBRAW_THUMBNAIL_JPEG || thumbnail.thumb == nullptr || thumbnail.tlength == 0) {
            return ws_raw_unsupported;
        }
        *bytes = reinterpret_cast<const uint8_t *>(thumbnail.thumb);
        *count = thumbnail.tlength;
        return ws_raw_done;
    });
}

ws_raw_outcome ws_raw_develop(ws_raw *raw, uint8_t **bgr, int *width, int *height) {
    return guarded([&] {
        ws_raw_outcome outcome = outcome_of(raw->reader.unpack());
        if (outcome != ws_raw_done) { return outcome; }
        if (is_too_large(raw->reader.imgdata.sizes, raw->maximum_pixels)) { return ws_raw_too_large; }
        // Of what is not complete LibRaw makes a picture that is partly black, and counts at best.
        const libraw_image_sizes_t &sizes = raw->reader.imgdata.sizes;
        int64_t bits = static_cast<int64_t>(sizes.raw_width) * sizes.raw_height * fewest_bits;
        if (raw->reader.error_count() > 0 || raw->size * 8 < bits) { return ws_raw_damaged; }
        outcome = outcome_of(raw->reader.dcraw_process());
        if (outcome != ws_raw_done) { return outcome; }
        int code = LIBRAW_SUCCESS;
        libraw_processed_image_t *image = raw->reader.dcraw_make_mem_image(&code);
        if (image == nullptr) { return code == LIBRAW_SUCCESS ? ws_raw_no_memory : outcome_of(code); }
        outcome = ws_raw_unsupported;
        size_t pixels = static_cast<size_t>(image->width) * image->height;
        if (image->type == LIBRAW_IMAGE_BITMAP && image->colors == 3 && image->bits == 8 && pixels > 0
            && image->data_size >= pixels * 3) {
            *bgr = static_cast<uint8_t *>(malloc(pixels * 3));
            outcome = *bgr == nullptr ? ws_raw_no_memory : ws_raw_done;
        }
        if (outcome == ws_raw_done) {
            for (size_t pixel = 0; pixel < pixels; pixel++) {
                (*bgr)[pixel * 3] = image->data[pixel * 3 + 2];
                (*bgr)[pixel * 3 + 1] = image->data[pixel * 3 + 1];
                (*bgr)[pixel * 3 + 2] = image->data[pixel * 3];
            }
            *width = image->width;
            *height = image->height;
        }
        LibRaw::dcraw_clear_mem(image);
        return outcome;
    });
}

void ws_raw_free(uint8_t *bgr) { free(bgr); }
