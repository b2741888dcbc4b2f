#include "Guard.h"

#include <stdio.h>
#include <string.h>

enum { reason_length = 200, most_scans = 200 };

static void leave(j_common_ptr info) {
    struct guard *guard = (struct guard *)info->err;
    if (guard->manager.msg_code == JERR_OUT_OF_MEMORY) guard->out_of_memory = 1;
    if (guard->reason) {
        char text[JMSG_LENGTH_MAX] = "";
        guard->manager.format_message(info, text);
        snprintf(guard->reason, reason_length, "%s", text);
    }
    longjmp(guard->back, 1);
}

static void remember(j_common_ptr info, int level) {
    if (level >= 0) return;
    struct guard *guard = (struct guard *)info->err;
    switch (guard->manager.msg_code) {
    /* Stray bytes between segments are common and harmless; these are not. */
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        guard->damaged = 1;
        break;
    default:
        break;
    }
}

static void say_nothing(j_common_ptr info) { (void)info; }

struct jpeg_error_mgr *guard_install(struct guard *guard, char *reason) {
    memset(guard, 0, sizeof *guard);
    struct jpeg_error_mgr *manager = jpeg_std_error(&guard->manager);
    manager->error_exit = leave;
    manager->emit_message = remember;
    manager->output_message = say_nothing;
    guard->reason = reason;
    if (reason) reason[0] = 0;
    return manager;
}

static void count_scans(j_common_ptr info) {
    j_decompress_ptr file = (j_decompress_ptr)info;
    if (file->input_scan_number > most_scans) ERREXIT(file, JERR_BAD_PROGRESSION);
}

void guard_limit_scans(j_common_ptr info) {
    static struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
    info->progress = &progress;
}

ws_jpeg_outcome guard_outcome(const struct guard *guard) {
    return guard->out_of_memory ? ws_jpeg_no_memory : ws_jpeg_damaged;
}

int guard_tables_are_sound(const struct jpeg_decompress_struct *file) {
    for (int part = 0; part < file->num_components; part++) {
        const JQUANT_TBL *table = file->comp_info[part].quant_table;
        for (int index = 0; table && index < DCTSIZE2; index++)
            if (table->quantval[index] == 0) return 0;
    }
    return 1;
}
