#include "Guard.h"

#include <stdlib.h>
#include <string.h>

/* Everything that must be let go, in one place that a jump cannot lose. */
struct work {
    struct jpeg_decompress_struct source, patch;
    struct jpeg_compress_struct patch_encoder, target;
    struct guard guard;
    unsigned char *patch_bytes, *target_bytes;
    unsigned long patch_size, target_size;
};

/* The rectangle in whole MCUs, within the picture. */
struct span {
    int column, row, columns, rows;
};

static struct span touched(const ws_rectangle *of, int mcu_width, int mcu_height, int columns, int rows) {
    struct span span = {of->x / mcu_width, of->y / mcu_height, 0, 0};
    int right = (of->x + of->width + mcu_width - 1) / mcu_width, bottom = (of->y + of->height + mcu_height - 1) / mcu_height;
    span.columns = (right > columns ? columns : right) - span.column;
    span.rows = (bottom > rows ? rows : bottom) - span.row;
    return span;
}

/* Encodes some MCUs of the planes with the quantisation tables and sampling of the source. */
static void encode_patch(struct work *work, const ws_planes *planes, struct span span) {
    struct jpeg_decompress_struct *source = &work->source;
    struct jpeg_compress_struct *encoder = &work->patch_encoder;
    int mcu_width = source->max_h_samp_factor * DCTSIZE, mcu_height = source->max_v_samp_factor * DCTSIZE;
    free(work->patch_bytes);
    work->patch_bytes = NULL;
    jpeg_mem_dest(encoder, &work->patch_bytes, &work->patch_size);
    jpeg_copy_critical_parameters(source, encoder);
    encoder->image_width = (JDIMENSION)(span.columns * mcu_width);
    encoder->image_height = (JDIMENSION)(span.rows * mcu_height);
    encoder->raw_data_in = TRUE;
    encoder->dct_method = JDCT_ISLOW;
    jpeg_start_compress(encoder, TRUE);
    JSAMPROW rows[3][32];
    JSAMPARRAY arrays[3] = {rows[0], rows[1], rows[2]};
    for (int mcu = 0; mcu < span.rows; mcu++) {
        for (int part = 0; part < source->num_components; part++) {
            const jpeg_component_info *info = &source->comp_info[part];
            int height = info->v_samp_factor * DCTSIZE, width = info->h_samp_factor * DCTSIZE;
            for (int row = 0; row < height; row++)
                rows[part][row] = planes->samples[part] + (size_t)((span.row + mcu) * height + row) * planes->stride[part] +
                    (size_t)span.column * width;
        }
        jpeg_write_raw_data(encoder, arrays, (JDIMENSION)mcu_height);
    }
    jpeg_finish_compress(encoder);
}

/* Copies the blocks of one component that the rectangle touches from the patch into the source's coefficients. */
static void copy_blocks(
    struct work *work, int part, const ws_rectangle *of, struct span span, jvirt_barray_ptr from, jvirt_barray_ptr to) {
    struct jpeg_decompress_struct *source = &work->source;
    const jpeg_component_info *info = &source->comp_info[part];
    int block_width = source->max_h_samp_factor * DCTSIZE / info->h_samp_factor;
    int block_height = source->max_v_samp_factor * DCTSIZE / info->v_samp_factor;
    int left = of->x / block_width, right = (of->x + of->width - 1) / block_width;
    int top = of->y / block_height, bottom = (of->y + of->height - 1) / block_height;
    if (right >= (int)info->width_in_blocks) right = (int)info->width_in_blocks - 1;
    if (bottom >= (int)info->height_in_blocks) bottom = (int)info->height_in_blocks - 1;
    int first_column = span.column * info->h_samp_factor, first_row = span.row * info->v_samp_factor;
    for (int row = top; row <= bottom; row++) {
        JBLOCKARRAY new_row = work->patch.mem->access_virt_barray(
            (j_common_ptr)&work->patch, from, (JDIMENSION)(row - first_row), 1, FALSE);
        JBLOCKARRAY old_row =
            source->mem->access_virt_barray((j_common_ptr)source, to, (JDIMENSION)row, 1, TRUE);
        if (right >= left)
            memcpy(old_row[0][left], new_row[0][left - first_column], sizeof(JBLOCK) * (size_t)(right - left + 1));
    }
}

static void replace(struct work *work, const ws_planes *planes, const ws_rectangle *of, jvirt_barray_ptr *blocks) {
    struct jpeg_decompress_struct *source = &work->source;
    int mcu_width = source->max_h_samp_factor * DCTSIZE, mcu_height = source->max_v_samp_factor * DCTSIZE;
    int columns = (planes->width + mcu_width - 1) / mcu_width, rows = (planes->height + mcu_height - 1) / mcu_height;
    struct span span = touched(of, mcu_width, mcu_height, columns, rows);
    if (span.columns < 1 || span.rows < 1) return;
    encode_patch(work, planes, span);
    jpeg_mem_src(&work->patch, work->patch_bytes, work->patch_size);
    jpeg_read_header(&work->patch, TRUE);
    jvirt_barray_ptr *fresh = jpeg_read_coefficients(&work->patch);
    for (int part = 0; part < source->num_components; part++)
        copy_blocks(work, part, of, span, fresh[part], blocks[part]);
    jpeg_finish_decompress(&work->patch);
}

/* Whether every coefficient is one that the standard code tables have a code for (ITU-T T.81, F.1.2.1): other codings
   can hold larger ones, and libjpeg's fast encoder writes nonsense for them. */
static int have_codes(struct work *work, jvirt_barray_ptr *blocks) {
    struct jpeg_decompress_struct *source = &work->source;
    for (int part = 0; part < source->num_components; part++) {
        const jpeg_component_info *info = &source->comp_info[part];
        for (JDIMENSION row = 0; row < info->height_in_blocks; row++) {
            JBLOCKARRAY line = source->mem->access_virt_barray((j_common_ptr)source, blocks[part], row, 1, FALSE);
            const JCOEF *values = line[0][0];
            for (size_t index = 0; index < (size_t)info->width_in_blocks * DCTSIZE2; index++)
                if (values[index] > 1023 || values[index] < (index % DCTSIZE2 ? -1023 : -1024)) return 0;
        }
    }
    return 1;
}

static void let_go(struct work *work) {
    jpeg_destroy_compress(&work->patch_encoder);
    jpeg_destroy_compress(&work->target);
    jpeg_destroy_decompress(&work->patch);
    jpeg_destroy_decompress(&work->source);
    free(work->patch_bytes);
    free(work->target_bytes);
    free(work);
}

ws_jpeg_outcome ws_jpeg_replace(
    const uint8_t *bytes, size_t size, const ws_planes *planes, const ws_rectangle *rectangles, int rectangle_count,
    uint8_t **encoded, size_t *count, char reason[200]) {
    struct work *work = calloc(1, sizeof *work);
    if (!work) return ws_jpeg_no_memory;
    struct jpeg_error_mgr *manager = guard_install(&work->guard, reason);
    work->source.err = work->patch.err = work->patch_encoder.err = work->target.err = manager;
    if (setjmp(work->guard.back)) {
        ws_jpeg_outcome outcome = guard_outcome(&work->guard);
        let_go(work);
        return outcome;
    }
    jpeg_create_decompress(&work->source);
    jpeg_create_decompress(&work->patch);
    jpeg_create_compress(&work->patch_encoder);
    jpeg_create_compress(&work->target);
    guard_limit_scans((j_common_ptr)&work->source);
    jpeg_mem_src(&work->source, bytes, size);
    jpeg_read_header(&work->source, TRUE);
    jvirt_barray_ptr *blocks = jpeg_read_coefficients(&work->source);
    if (!guard_tables_are_sound(&work->source)) {
        let_go(work);
        return ws_jpeg_damaged;
    }
    if (!have_codes(work, blocks)) {
        let_go(work);
        return ws_jpeg_unsupported;
    }
    for (int index = 0; index < rectangle_count; index++) replace(work, planes, &rectangles[index], blocks);
    jpeg_mem_dest(&work->target, &work->target_bytes, &work->target_size);
    jpeg_copy_critical_parameters(&work->source, &work->target);
    /* The standard code tables hold every value a baseline file can have, and need no pass of their own. */
    work->target.optimize_coding = FALSE;
    jpeg_write_coefficients(&work->target, blocks);
    jpeg_finish_compress(&work->target);
    jpeg_finish_decompress(&work->source);
    /* tjFree and free are the same function in libjpeg-turbo; the buffer changes owner here. */
    *encoded = work->target_bytes;
    *count = work->target_size;
    work->target_bytes = NULL;
    let_go(work);
    return ws_jpeg_done;
}
