#pragma once
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#include "CTurboJPEG.h"

/* libjpeg's error handling, brought back to the caller: errors jump, warnings are remembered, nothing is printed. */
struct guard {
    struct jpeg_error_mgr manager;
    jmp_buf back;
    int out_of_memory;
    /* A warning said that coded data is missing or wrong. */
    int damaged;
    char *reason;
};

struct jpeg_error_mgr *guard_install(struct guard *guard, char *reason);
/* Bounds the scans of a progressive file: each costs a pass over the whole picture. */
void guard_limit_scans(j_common_ptr info);
/* Whether no component is quantised by zero (ITU-T T.81, B.2.4.1): a decoder multiplies by it, an encoder divides. To be
   asked once all scans have been read, before `jpeg_finish_decompress`. */
int guard_tables_are_sound(const struct jpeg_decompress_struct *file);
ws_jpeg_outcome guard_outcome(const struct guard *guard);
