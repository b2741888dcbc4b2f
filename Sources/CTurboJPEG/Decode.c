#include "Guard.h"

#include <stdlib.h>
#include <string.h>

/* Whether the file's planes can be taken as they are: grey, or YCbCr whose two chroma planes are alike. */
static int is_native(const struct jpeg_decompress_struct *file) {
    const jpeg_component_info *part = file->comp_info;
    if (file->num_components == 1) return part[0].h_samp_factor == 1 && part[0].v_samp_factor == 1;
    if (file->num_components != 3 || file->jpeg_color_space != JCS_YCbCr) return 0;
    if (part[1].h_samp_factor != part[2].h_samp_factor || part[1].v_samp_factor != part[2].v_samp_factor) return 0;
    if (part[0].h_samp_factor != file->max_h_samp_factor || part[0].v_samp_factor != file->max_v_samp_factor) return 0;
    int across = part[0].h_samp_factor, down = part[0].v_samp_factor;
    if (across % part[1].h_samp_factor || down % part[1].v_samp_factor) return 0;
    across /= part[1].h_samp_factor;
    down /= part[1].v_samp_factor;
    if (file->max_h_samp_factor == 3 || file->max_v_samp_factor > 2) return 0;
    return (across == 1 || across == 2 || (across == 4 && down == 1)) && (down == 1 || down == 2);
}

static void read_native(struct jpeg_decompress_struct *file, const ws_planes *planes) {
    JSAMPROW rows[3][32];
    JSAMPARRAY arrays[3] = {rows[0], rows[1], rows[2]};
    file->raw_data_out = TRUE;
    file->do_fancy_upsampling = FALSE;
    jpeg_start_decompress(file);
    int step = file->max_v_samp_factor * DCTSIZE;
    while (file->output_scanline < file->output_height) {
        int first = (int)file->output_scanline / step;
        for (int part = 0; part < file->num_components; part++) {
            int height = file->comp_info[part].v_samp_factor * DCTSIZE;
            for (int row = 0; row < height; row++)
                rows[part][row] = planes->samples[part] + (size_t)(first * height + row) * planes->stride[part];
        }
        jpeg_read_raw_data(file, arrays, (JDIMENSION)step);
    }
}

static uint8_t clamp(int value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

/* JFIF 1.02: full-range BT.601, in 16-bit fixed point. */
static void put(const ws_planes *planes, size_t row, size_t column, int red, int green, int blue) {
    planes->samples[0][row * planes->stride[0] + column] = clamp((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
    planes->samples[1][row * planes->stride[1] + column] =
        clamp(((-11059 * red - 21709 * green + 32768 * blue + 32767) >> 16) + 128);
    planes->samples[2][row * planes->stride[2] + column] =
        clamp(((32768 * red - 27439 * green - 5329 * blue + 32767) >> 16) + 128);
}

/* RGB, CMYK, YCCK and odd subsampling: rare, so simply converted row by row to planes without subsampling. */
static void read_converted(struct jpeg_decompress_struct *file, const ws_planes *planes) {
    int inks = file->num_components == 4, ready = !inks && file->jpeg_color_space == JCS_YCbCr;
    file->out_color_space = inks ? JCS_CMYK : ready ? JCS_YCbCr : JCS_RGB;
    jpeg_start_decompress(file);
    JSAMPARRAY line = (*file->mem->alloc_sarray)(
        (j_common_ptr)file, JPOOL_IMAGE, file->output_width * (JDIMENSION)file->output_components, 1);
    int inverted = file->saw_Adobe_marker;
    while (file->output_scanline < file->output_height) {
        size_t row = file->output_scanline;
        jpeg_read_scanlines(file, line, 1);
        const JSAMPLE *from = line[0];
        for (size_t column = 0; column < file->output_width; column++, from += file->output_components) {
            if (ready) {
                for (int part = 0; part < 3; part++) planes->samples[part][row * planes->stride[part] + column] = from[part];
            } else if (inks) {
                int black = inverted ? from[3] : 255 - from[3];
                int ink[3];
                for (int part = 0; part < 3; part++) ink[part] = (inverted ? from[part] : 255 - from[part]) * black / 255;
                put(planes, row, column, ink[0], ink[1], ink[2]);
            } else {
                put(planes, row, column, from[0], from[1], from[2]);
            }
        }
    }
}

ws_jpeg_outcome ws_jpeg_decode(const uint8_t *bytes, size_t count, ws_planes *planes, char reason[200]) {
    struct jpeg_decompress_struct file;
    struct guard guard;
    memset(planes, 0, sizeof *planes);
    memset(&file, 0, sizeof file);
    file.err = guard_install(&guard, reason);
    if (setjmp(guard.back)) {
        jpeg_destroy_decompress(&file);
        ws_planes_free(planes);
        return guard_outcome(&guard);
    }
    jpeg_create_decompress(&file);
    guard_limit_scans((j_common_ptr)&file);
    jpeg_mem_src(&file, bytes, count);
    jpeg_read_header(&file, TRUE);
    file.dct_method = JDCT_ISLOW;
    int native = is_native(&file), across = 1, down = 1;
    if (native && file.num_components == 3) {
        across = file.comp_info[0].h_samp_factor / file.comp_info[1].h_samp_factor;
        down = file.comp_info[0].v_samp_factor / file.comp_info[1].v_samp_factor;
    } else if (native) {
        across = down = 2;
    }
    ws_jpeg_outcome outcome = ws_planes_allocate((int)file.image_width, (int)file.image_height, across, down, planes);
    if (outcome != ws_jpeg_done) {
        jpeg_destroy_decompress(&file);
        return outcome;
    }
    planes->native = native;
    planes->components = file.num_components;
    if (native) {
        read_native(&file, planes);
        for (int part = file.num_components; part < 3; part++)
            memset(planes->samples[part], 128, (size_t)planes->stride[part] * planes->rows[part]);
    } else {
        read_converted(&file, planes);
    }
    int sound = guard_tables_are_sound(&file);
    jpeg_finish_decompress(&file);
    jpeg_destroy_decompress(&file);
    if (guard.damaged || !sound) {
        ws_planes_free(planes);
        return ws_jpeg_damaged;
    }
    return ws_jpeg_done;
}
