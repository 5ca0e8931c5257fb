/* SPDX-License-Identifier: MIT
 * The page of a simulation. */
#include "couple_page.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "talk.h"

size_t page_places(const ebb_run_settings_t *settings, const ebb_run_output_t *shown,
                   size_t count, size_t *places)
{
    size_t found = 0;
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < settings->output_count; i++) {
            if (settings->outputs[i].kind == shown[k].kind &&
                settings->outputs[i].index == shown[k].index) {
                places[found++] = i;
                break;
            }
        }
    }
    return found;
}

size_t page_shown(const ebb_model_t *model, const ebb_run_settings_t *settings,
                  bool chosen, ebb_run_output_t *shown)
{
    size_t most = EBB_PORTRAIT_SHOWN_MOST;
    if (!chosen) {
        return ebb_portrait_shown(model, shown);
    }
    size_t count = settings->output_count < most ? settings->output_count : most;
    memcpy(shown, settings->outputs, count * sizeof *shown);
    return count;
}

/* --- a second arm ----------------------------------------------------------------- */

/* The first time of the settings at which the inputs of two runs differ, as an index; 0
 * when they never do. */
static size_t page_parting(const ebb_simulated_t *a, const ebb_simulated_t *b)
{
    size_t inputs = ebb_model_info(a->model).inputs, found = 0;
    double *both = calloc(2 * inputs + 1, sizeof *both);
    for (size_t k = 0; both && k < a->settings->time_count; k++) {
        ebb_run_inputs(a->run, a->settings->times[k], both);
        ebb_run_inputs(b->run, a->settings->times[k], both + inputs);
        if (memcmp(both, both + inputs, inputs * sizeof *both) != 0) {
            found = k;
            break;
        }
    }
    free(both);
    return found;
}

exit_status_t page_contrast(ebb_contrast_t **contrast, const command_t *self,
                            const ebb_simulated_t *from, ebb_simulated_with_t *with)
{
    ebb_error_t error = {0};
    size_t first = page_parting(from, with->arm);
    const ebb_contrast_settings_t settings = {
        .couples = from->couples,
        .time_count = from->settings->time_count,
        .first_time = first,
        .output_count = from->settings->output_count,
        .picked = with->compared,
        .count = with->compared_count,
    };
    int code = ebb_contrast_new(contrast, &settings, &error);
    if (code == EBB_ERR_ARGUMENT) {
        return usage_error(self, "--with: %s", error.text);
    }
    with->contrast = *contrast;
    with->from = from->settings->times[first];
    return code ? talk_error(&error) : EXIT_OK;
}

/* --- the page --------------------------------------------------------------------- */

exit_status_t page_write(const char *path, const ebb_simulate_page_t *page)
{
    ebb_text_t json = {0}, html = {0};
    ebb_error_t error = {0};
    int code = ebb_simulate_page_json(&json, page, &error);
    if (!code && ebb_simulate_page(&html, json.data, json.length)) {
        code = error.code = EBB_ERR_MEMORY;
    }
    ebb_text_free(&json);
    if (code) {
        ebb_text_free(&html);
        return talk_error(&error);
    }
    exit_status_t status = output_text(path, &html);
    if (status == EXIT_OK && strcmp(path, "-") != 0) {
        talk("the page is in %s\n", path);
    }
    return status;
}
