#include "Parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void say(char reason[200], const char *what) {
    const char *why = ov_get_last_err_msg();
    snprintf(reason, 200, "%s%s%s", what, why && *why ? ": " : "", why && *why ? why : "");
    for (char *at = reason; *at; at++)
        if (*at == '\n') *at = ' ';
    if (why) ov_free(why);
}

static int computes_half(const ov_core_t *core) {
    char *capabilities = NULL;
    if (ov_core_get_property(core, "CPU", "OPTIMIZATION_CAPABILITIES", &capabilities) != OK || !capabilities) return 0;
    int half = strstr(capabilities, "BF16") != NULL;
    ov_free(capabilities);
    return half;
}

ws_engine *ws_engine_open(char reason[200]) {
    ws_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return NULL;
    if (ov_core_create(&engine->core) != OK) {
        say(reason, "the inference engine did not start");
        free(engine);
        return NULL;
    }
    engine->knows_half = computes_half(engine->core);
    engine->half = engine->knows_half;
    return engine;
}

void ws_engine_close(ws_engine *engine) {
    if (!engine) return;
    ov_core_free(engine->core);
    free(engine);
}

int ws_engine_knows_half(const ws_engine *engine) { return engine->knows_half; }

void ws_engine_use_half(ws_engine *engine, int half) { engine->half = half && engine->knows_half; }

int ws_engine_is_half(const ws_engine *engine) { return engine->half; }
