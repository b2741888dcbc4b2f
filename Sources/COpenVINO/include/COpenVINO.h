#pragma once
#include <stddef.h>
#include <stdint.h>

/* Neural networks through OpenVINO's C interface, on one thread of this process. Nothing here prints or throws. */

typedef struct ws_engine ws_engine;
typedef struct ws_network ws_network;

/* How a network wants its input: interleaved B, G, R bytes are turned into this within the engine. */
typedef struct {
    int width, height;
    /* Whether the network was trained on R, G, B. */
    int takes_rgb;
    /* Subtracted from each channel, in the network's order. */
    float means[3];
    /* What is left is divided by these; all 0: it is not. */
    float divisors[3];
    /* Whether the network takes rows of pixels (NHWC) instead of planes (NCHW). */
    int interleaved;
} ws_network_input;

typedef struct {
    const float *values;
    /* Dimensions, unused ones are 1. */
    size_t dimensions[4];
    int rank;
} ws_network_output;

/* `NULL` and a reason when the engine cannot be used. */
ws_engine *ws_engine_open(char reason[200]);
void ws_engine_close(ws_engine *engine);
/* Whether the processor computes with 16-bit floats (bf16); it may be slower at it than with 32 bits. */
int ws_engine_knows_half(const ws_engine *engine);
/* Whether networks opened from now on compute with 16-bit floats; at first they do where the processor knows them. */
void ws_engine_use_half(ws_engine *engine, int half);
int ws_engine_is_half(const ws_engine *engine);

/* Reads an ONNX file and compiles it for one input size. `NULL` and a reason when that fails. */
ws_network *ws_network_open(ws_engine *engine, const char *path, ws_network_input input, char reason[200]);
/* As above, from the file's bytes, which are not needed afterwards. */
ws_network *ws_network_open_bytes(
    ws_engine *engine, const uint8_t *bytes, size_t length, ws_network_input input, char reason[200]);
void ws_network_close(ws_network *network);

/* The network's own input buffer: width * height * 3 bytes. */
uint8_t *ws_network_input_bytes(ws_network *network);
/* One forward pass over the input buffer; 1 when it succeeded. */
int ws_network_run(ws_network *network);
/* How many outputs the network has; 0 when that is not known. */
int ws_network_output_count(const ws_network *network);
/* One output of the last pass, by its name in the file; valid until the next. 0 when there is no such output. */
int ws_network_output_named(ws_network *network, const char *name, ws_network_output *output);
/* As above, by its place in the file, from 0. */
int ws_network_output_at(ws_network *network, int index, ws_network_output *output);
