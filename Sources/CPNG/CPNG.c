#include "CPNG.h"

#include <png.h>
#include <string.h>

static int begin(png_image *image, const uint8_t *bytes, size_t count) {
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    return png_image_begin_read_from_memory(image, bytes, count) != 0;
}

int ws_png_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height) {
    png_image image;
    int is_picture = begin(&image, bytes, count);
    *width = image.width;
    *height = image.height;
    png_image_free(&image);
    return is_picture;
}

int ws_png_read(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *samples) {
    png_image image;
    if (!begin(&image, bytes, count) || image.width != width || image.height != height) {
        png_image_free(&image);
        return 0;
    }
    image.format = PNG_FORMAT_BGRA;
    int is_done = png_image_finish_read(&image, NULL, samples, (png_int_32)(width * 4), NULL) != 0;
    png_image_free(&image);
    return is_done;
}
