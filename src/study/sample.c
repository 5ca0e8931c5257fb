/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page reads samples. */
#include "ebb/sample.h"

#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "study/table.h"

/* The names, each once. */
static int sample_names(ebb_sample_t *sample, const ebb_table_t *reader)
{
    if (reader->columns > EBB_CALIBRATE_PARAMS_MOST) {
        return ebb_table_full(reader, "parameters", EBB_CALIBRATE_PARAMS_MOST);
    }
    for (size_t i = 0; i < reader->columns; i++) {
        const char *name = reader->names[i];
        for (size_t k = 0; k < i; k++) {
            if (strcmp(sample->names[k], name) == 0) {
                return ebb_table_fail(reader, "there are two columns", name);
            }
        }
        if (!*name) {
            return ebb_table_fail(reader, "a column has no name: it is", name);
        }
        sample->names[i] = name;
    }
    sample->params = reader->columns;
    return EBB_OK;
}

/* How many lines follow, at most. */
static size_t sample_lines(const ebb_table_t *reader)
{
    size_t lines = 1;
    for (const char *at = reader->next; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    return lines;
}

static int sample_draws(ebb_sample_t *sample, ebb_table_t *reader)
{
    size_t lines = sample_lines(reader);
    sample->_room = sample->params * lines;
    sample->values = ebb_new_array(ebb_alloc_default(), sample->_room, sizeof(double));
    int code = sample->values
                   ? EBB_OK
                   : ebb_fail(reader->error, EBB_ERR_MEMORY, "out of memory");
    while (!code && ebb_table_next(reader)) {
        double *to = sample->values + sample->draws * sample->params;
        for (size_t i = 0; i < sample->params && !code; i++) {
            code = ebb_table_number(reader, i, &to[i]);
        }
        sample->draws++;
    }
    return code || sample->draws
               ? code
               : ebb_table_fail(reader, "there is no draw of", sample->names[0]);
}

int ebb_sample_read(ebb_sample_t *sample, const char *bytes, size_t size,
                    const char *label, ebb_error_t *error)
{
    ebb_table_t reader = {.label = label, .error = error};
    ebb_table_text_t copy = {0};
    int code = ebb_table_open(&reader, &copy, bytes, size);
    sample->_text = copy.bytes;
    sample->_size = copy.size;
    if (!code && reader.columns == 0) {
        code = ebb_table_fail(&reader, "the first line names no parameter:", "");
    }
    code = code ? code : sample_names(sample, &reader);
    return code ? code : sample_draws(sample, &reader);
}

const double *ebb_sample_draw(const ebb_sample_t *sample, size_t k, size_t of)
{
    return sample->values + (2 * k + 1) * sample->draws / (2 * of) * sample->params;
}

/* Column of a parameter; `params` of the sample where it is in none. */
static size_t sample_column(const ebb_sample_t *sample, const char *name)
{
    size_t k = 0;
    while (k < sample->params && strcmp(sample->names[k], name) != 0) {
        k++;
    }
    return k;
}

int ebb_sample_place(const ebb_sample_t *sample, const double *draw,
                     const ebb_model_t *model, double *params, ebb_error_t *error)
{
    ebb_scalar_t scalar;
    for (size_t i = 0; ebb_model_scalar(model, EBB_SCALAR_PARAM, i, &scalar) == EBB_OK;
         i++) {
        size_t k = sample_column(sample, scalar.name);
        bool drawn = k < sample->params && params[i] != 0;
        params[i] = drawn ? draw[k] : (double)NAN;
        if (drawn && !(draw[k] >= scalar.low && draw[k] <= scalar.high)) {
            return ebb_fail(error, EBB_ERR_INPUT,
                            "the sample has %s = %g, which is from %g to %g in %s",
                            scalar.name, draw[k], scalar.low, scalar.high,
                            ebb_model_info(model).name);
        }
    }
    return EBB_OK;
}

void ebb_sample_free(ebb_sample_t *sample)
{
    if (sample) {
        ebb_free_array(ebb_alloc_default(), sample->_text, sample->_size, 1);
        ebb_free_array(ebb_alloc_default(), sample->values, sample->_room,
                       sizeof(double));
        *sample = (ebb_sample_t){0};
    }
}
