#pragma once
#include <openvino/c/openvino.h>

#include "COpenVINO.h"

struct ws_engine {
    ov_core_t *core;
    int knows_half, half;
};

struct ws_network {
    ov_compiled_model_t *compiled;
    ov_infer_request_t *request;
    ov_tensor_t *input;
    uint8_t *bytes;
};

/* Writes what went wrong, with the engine's own words, on one line. */
void say(char reason[200], const char *what);
