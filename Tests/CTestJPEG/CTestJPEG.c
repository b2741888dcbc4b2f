#include "CTestJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct guard {
    struct jpeg_error_mgr manager;
    jmp_buf back;
};

static void leave(j_common_ptr info) { longjmp(((struct guard *)info->err)->back, 1); }
static void say_nothing(j_common_ptr info, int level) { (void)info, (void)level; }

static struct jpeg_error_mgr *install(struct guard *guard) {
    jpeg_std_error(&guard->manager);
    guard->manager.error_exit = leave;
    guard->manager.emit_message = say_nothing;
    return &guard->manager;
}

static void one_scan_a_component(struct jpeg_compress_struct *file, jpeg_scan_info *scans) {
    memset(scans, 0, 4 * sizeof *scans);
    for (int part = 0; part < file->num_components; part++) {
        scans[part].comps_in_scan = 1;
        scans[part].component_index[0] = part;
        scans[part].Se = 63;
    }
    file->scan_info = scans;
    file->num_scans = file->num_components;
}

int test_jpeg_encode(const uint8_t *pixels, const test_coding *coding, uint8_t **bytes, size_t *count) {
    struct jpeg_compress_struct file;
    struct guard guard;
    jpeg_scan_info scans[4];
    unsigned char *encoded = NULL;
    unsigned long size = 0;
    file.err = install(&guard);
    if (setjmp(guard.back)) {
        jpeg_destroy_compress(&file);
        free(encoded);
        return 0;
    }
    jpeg_create_compress(&file);
    jpeg_mem_dest(&file, &encoded, &size);
    file.image_width = (JDIMENSION)coding->width;
    file.image_height = (JDIMENSION)coding->height;
    file.input_components = coding->components;
    file.in_color_space = coding->components == 1 ? JCS_GRAYSCALE : coding->components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&file);
    jpeg_set_quality(&file, coding->quality, TRUE);
    file.comp_info[0].h_samp_factor = coding->across;
    file.comp_info[0].v_samp_factor = coding->down;
    file.restart_interval = (unsigned)coding->restart;
    file.arith_code = coding->arithmetic;
    if (coding->separate) one_scan_a_component(&file, scans);
    if (coding->progressive) jpeg_simple_progression(&file);
    jpeg_start_compress(&file, TRUE);
    while (file.next_scanline < file.image_height) {
        JSAMPROW row = (JSAMPROW)pixels + (size_t)file.next_scanline * (size_t)coding->width * (size_t)coding->components;
        jpeg_write_scanlines(&file, &row, 1);
    }
    jpeg_finish_compress(&file);
    jpeg_destroy_compress(&file);
    *bytes = encoded;
    *count = size;
    return 1;
}

int test_jpeg_exaggerate(const uint8_t *bytes, size_t count, uint8_t **exaggerated, size_t *size) {
    struct jpeg_decompress_struct from;
    struct jpeg_compress_struct to;
    struct guard guard;
    unsigned char *encoded = NULL;
    unsigned long length = 0;
    memset(&from, 0, sizeof from);
    memset(&to, 0, sizeof to);
    from.err = to.err = install(&guard);
    if (setjmp(guard.back)) {
        jpeg_destroy_compress(&to);
        jpeg_destroy_decompress(&from);
        return 0;
    }
    jpeg_create_decompress(&from);
    jpeg_create_compress(&to);
    jpeg_mem_src(&from, bytes, count);
    jpeg_read_header(&from, TRUE);
    jvirt_barray_ptr *blocks = jpeg_read_coefficients(&from);
    JBLOCKARRAY row = from.mem->access_virt_barray((j_common_ptr)&from, blocks[0], 0, 1, TRUE);
    row[0][0][5] = 20000;
    jpeg_mem_dest(&to, &encoded, &length);
    jpeg_copy_critical_parameters(&from, &to);
    to.arith_code = TRUE;
    jpeg_write_coefficients(&to, blocks);
    jpeg_finish_compress(&to);
    jpeg_finish_decompress(&from);
    jpeg_destroy_compress(&to);
    jpeg_destroy_decompress(&from);
    *exaggerated = encoded;
    *size = length;
    return 1;
}

static void copy(struct jpeg_decompress_struct *file, jvirt_barray_ptr blocks, int part, test_component *to) {
    const jpeg_component_info *info = &file->comp_info[part];
    to->columns = (int)info->width_in_blocks;
    to->rows = (int)info->height_in_blocks;
    to->across = info->h_samp_factor;
    to->down = info->v_samp_factor;
    if (info->quant_table) memcpy(to->quantisation, info->quant_table->quantval, sizeof to->quantisation);
    to->blocks = calloc((size_t)to->columns * (size_t)to->rows, sizeof(JBLOCK));
    for (int row = 0; row < to->rows; row++) {
        JBLOCKARRAY line = file->mem->access_virt_barray((j_common_ptr)file, blocks, (JDIMENSION)row, 1, FALSE);
        memcpy(to->blocks + (size_t)row * (size_t)to->columns * DCTSIZE2, line[0], (size_t)to->columns * sizeof(JBLOCK));
    }
}

int test_coefficients_read(const uint8_t *bytes, size_t count, test_coefficients *coefficients) {
    struct jpeg_decompress_struct file;
    struct guard guard;
    memset(coefficients, 0, sizeof *coefficients);
    file.err = install(&guard);
    if (setjmp(guard.back)) {
        jpeg_destroy_decompress(&file);
        return 0;
    }
    jpeg_create_decompress(&file);
    jpeg_mem_src(&file, bytes, count);
    jpeg_read_header(&file, TRUE);
    jvirt_barray_ptr *blocks = jpeg_read_coefficients(&file);
    coefficients->width = (int)file.image_width;
    coefficients->height = (int)file.image_height;
    coefficients->components = file.num_components;
    coefficients->across = file.max_h_samp_factor;
    coefficients->down = file.max_v_samp_factor;
    for (int part = 0; part < file.num_components && part < 4; part++)
        copy(&file, blocks[part], part, &coefficients->component[part]);
    jpeg_finish_decompress(&file);
    jpeg_destroy_decompress(&file);
    return 1;
}

void test_coefficients_free(test_coefficients *coefficients) {
    for (int part = 0; part < 4; part++) free(coefficients->component[part].blocks);
    memset(coefficients, 0, sizeof *coefficients);
}
