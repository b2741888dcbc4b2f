#include "Parts.h"

#include <stdlib.h>
#include <string.h>

/* Gives the model one fixed input size: the engine plans its memory for it once. */
static int reshape(const ov_model_t *model, const ws_network_input *input) {
    int64_t planar[4] = {1, 3, input->height, input->width};
    int64_t interleaved[4] = {1, input->height, input->width, 3};
    ov_partial_shape_t shape;
    if (ov_partial_shape_create_static(4, input->interleaved ? interleaved : planar, &shape) != OK) return 0;
    int done = ov_model_reshape_single_input(model, shape) == OK;
    ov_partial_shape_free(&shape);
    return done;
}

struct preprocessing {
    ov_preprocess_prepostprocessor_t *whole;
    ov_preprocess_input_info_t *input;
    ov_preprocess_input_tensor_info_t *tensor;
    ov_preprocess_input_model_info_t *model;
    ov_preprocess_preprocess_steps_t *steps;
    ov_layout_t *interleaved, *planar;
};

static int describe(struct preprocessing *parts, const ov_model_t *model, const ws_network_input *input, ov_model_t **ready) {
    return ov_preprocess_prepostprocessor_create(model, &parts->whole) == OK &&
        ov_preprocess_prepostprocessor_get_input_info(parts->whole, &parts->input) == OK &&
        ov_preprocess_input_info_get_tensor_info(parts->input, &parts->tensor) == OK &&
        ov_preprocess_input_tensor_info_set_element_type(parts->tensor, U8) == OK &&
        ov_layout_create("NHWC", &parts->interleaved) == OK &&
        ov_preprocess_input_tensor_info_set_layout(parts->tensor, parts->interleaved) == OK &&
        ov_preprocess_input_info_get_model_info(parts->input, &parts->model) == OK &&
        ov_layout_create(input->interleaved ? "NHWC" : "NCHW", &parts->planar) == OK &&
        ov_preprocess_input_model_info_set_layout(parts->model, parts->planar) == OK &&
        ov_preprocess_input_info_get_preprocess_steps(parts->input, &parts->steps) == OK &&
        ov_preprocess_preprocess_steps_convert_element_type(parts->steps, F32) == OK &&
        (!input->takes_rgb || ov_preprocess_preprocess_steps_reverse_channels(parts->steps) == OK) &&
        (!(input->means[0] || input->means[1] || input->means[2]) ||
         ov_preprocess_preprocess_steps_mean_multi_channels(parts->steps, input->means, 3) == OK) &&
        (!(input->divisors[0] || input->divisors[1] || input->divisors[2]) ||
         ov_preprocess_preprocess_steps_scale_multi_channels(parts->steps, input->divisors, 3) == OK) &&
        ov_preprocess_prepostprocessor_build(parts->whole, ready) == OK;
}

static ov_model_t *with_preprocessing(const ov_model_t *model, const ws_network_input *input) {
    struct preprocessing parts = {0};
    ov_model_t *ready = NULL;
    int done = describe(&parts, model, input, &ready);
    if (parts.steps) ov_preprocess_preprocess_steps_free(parts.steps);
    if (parts.model) ov_preprocess_input_model_info_free(parts.model);
    if (parts.tensor) ov_preprocess_input_tensor_info_free(parts.tensor);
    if (parts.input) ov_preprocess_input_info_free(parts.input);
    if (parts.whole) ov_preprocess_prepostprocessor_free(parts.whole);
    if (parts.interleaved) ov_layout_free(parts.interleaved);
    if (parts.planar) ov_layout_free(parts.planar);
    return done ? ready : NULL;
}

static int compile(const ws_engine *engine, const ov_model_t *model, ws_network *network) {
    /* Not pinned: several darkrooms share the processors, and each would take the first one. */
    return ov_core_compile_model(
               engine->core, model, "CPU", 10, &network->compiled, ov_property_key_inference_num_threads, "1",
               ov_property_key_num_streams, "1", ov_property_key_hint_enable_cpu_pinning, "NO",
               ov_property_key_hint_performance_mode, "LATENCY", ov_property_key_hint_inference_precision,
               engine->half ? "bf16" : "f32") == OK &&
        ov_compiled_model_create_infer_request(network->compiled, &network->request) == OK;
}

static int provide_input(ws_network *network, const ws_network_input *input) {
    int64_t dimensions[4] = {1, input->height, input->width, 3};
    ov_shape_t shape;
    if (ov_shape_create(4, dimensions, &shape) != OK) return 0;
    void *bytes = NULL;
    int done = ov_tensor_create(U8, shape, &network->input) == OK && ov_tensor_data(network->input, &bytes) == OK &&
        ov_infer_request_set_input_tensor(network->request, network->input) == OK;
    ov_shape_free(&shape);
    network->bytes = bytes;
    return done;
}

/* Takes the model over, which is NULL when it could not be read. */
static ws_network *opened(ws_engine *engine, ov_model_t *model, ws_network_input input, char reason[200]) {
    ws_network *network = calloc(1, sizeof *network);
    ov_model_t *ready = NULL;
    const char *failed = NULL;
    if (!network) failed = "there is no memory left";
    if (!failed && !model) failed = "the model file cannot be read";
    if (!failed && !reshape(model, &input)) failed = "the model does not take this input size";
    if (!failed && !(ready = with_preprocessing(model, &input))) failed = "the model does not take pictures";
    if (!failed && !(compile(engine, ready, network) && provide_input(network, &input)))
        failed = "the model cannot be compiled";
    if (failed) say(reason, failed);
    if (ready) ov_model_free(ready);
    if (model) ov_model_free(model);
    if (!failed) return network;
    ws_network_close(network);
    return NULL;
}

ws_network *ws_network_open(ws_engine *engine, const char *path, ws_network_input input, char reason[200]) {
    ov_model_t *model = NULL;
    return opened(engine, ov_core_read_model(engine->core, path, NULL, &model) == OK ? model : NULL, input, reason);
}

ws_network *ws_network_open_bytes(
    ws_engine *engine, const uint8_t *bytes, size_t length, ws_network_input input, char reason[200]) {
    ov_model_t *model = NULL;
    int done = ov_core_read_model_from_memory_buffer(engine->core, (const char *)bytes, length, NULL, &model) == OK;
    return opened(engine, done ? model : NULL, input, reason);
}

void ws_network_close(ws_network *network) {
    if (!network) return;
    if (network->request) ov_infer_request_free(network->request);
    if (network->input) ov_tensor_free(network->input);
    if (network->compiled) ov_compiled_model_free(network->compiled);
    free(network);
}

uint8_t *ws_network_input_bytes(ws_network *network) { return network->bytes; }

int ws_network_run(ws_network *network) { return ov_infer_request_infer(network->request) == OK; }

static int read_output(ov_tensor_t *tensor, ws_network_output *output) {
    ov_shape_t shape = {0};
    ov_element_type_e type = DYNAMIC;
    void *values = NULL;
    int done = ov_tensor_get_element_type(tensor, &type) == OK && type == F32 &&
        ov_tensor_get_shape(tensor, &shape) == OK && shape.rank <= 4 && ov_tensor_data(tensor, &values) == OK;
    if (done) {
        output->values = values;
        output->rank = (int)shape.rank;
        for (int index = 0; index < 4; index++)
            output->dimensions[index] = index < shape.rank ? (size_t)shape.dims[index] : 1;
    }
    if (shape.dims) ov_shape_free(&shape);
    /* Only this reference goes; the request keeps the tensor itself. */
    ov_tensor_free(tensor);
    return done;
}

int ws_network_output_named(ws_network *network, const char *name, ws_network_output *output) {
    ov_tensor_t *tensor = NULL;
    if (ov_infer_request_get_tensor(network->request, name, &tensor) != OK) return 0;
    return read_output(tensor, output);
}

int ws_network_output_count(const ws_network *network) {
    size_t count = 0;
    return ov_compiled_model_outputs_size(network->compiled, &count) == OK ? (int)count : 0;
}

int ws_network_output_at(ws_network *network, int index, ws_network_output *output) {
    ov_tensor_t *tensor = NULL;
    if (ov_infer_request_get_output_tensor_by_index(network->request, (size_t)index, &tensor) != OK) return 0;
    return read_output(tensor, output);
}
