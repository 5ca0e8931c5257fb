/* SPDX-License-Identifier: MIT
 * The figures of the evidence beside what the models give, run by run. */
#include "evidence/figures.h"

#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/library.h"
#include "ebb/model.h"

size_t ebb_figure_count(void)
{
    return ebb_figure_row_count;
}

bool ebb_figure_at(size_t index, ebb_figure_t *figure)
{
    bool there = index < ebb_figure_row_count;
    if (there) {
        *figure = ebb_figure_rows[index];
    }
    return there;
}

bool ebb_figure_find(const char *id, size_t *index)
{
    for (size_t i = 0; i < ebb_figure_row_count; i++) {
        if (strcmp(ebb_figure_rows[i].id, id) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

/* --- what is set ------------------------------------------------------------------ */

/* Whether a model that ships has a parameter of that name, and the value is in its
 * range. */
static int figures_check_model(const ebb_library_model_t *shipped,
                               const ebb_figure_set_t *set, bool *known,
                               ebb_error_t *error)
{
    ebb_model_t *model = NULL;
    ebb_scalar_kind_t kind = EBB_SCALAR_STATE;
    ebb_scalar_t scalar;
    size_t index = 0;
    int code = ebb_model_read(&model, &shipped->file, NULL, error);
    if (!code && ebb_model_find(model, set->name, &kind, &index, NULL) == EBB_OK &&
        kind == EBB_SCALAR_PARAM &&
        ebb_model_scalar(model, kind, index, &scalar) == EBB_OK) {
        *known = true;
        if (!(set->value >= scalar.low && set->value <= scalar.high)) {
            code =
                ebb_fail(error, EBB_ERR_ARGUMENT, "%s is from %g to %g in %s, not %g",
                         set->name, scalar.low, scalar.high, shipped->name, set->value);
        }
    }
    ebb_model_free(model);
    return code;
}

static int figures_check_set(const ebb_figure_set_t *set, ebb_error_t *error)
{
    static const char *const used[] = {"pursue_withdraw", "conversation"};
    ebb_library_model_t shipped;
    bool known = false;
    int code = EBB_OK;
    for (size_t k = 0; k < sizeof used / sizeof *used && !code; k++) {
        if (ebb_library_find(used[k], &shipped)) {
            code = figures_check_model(&shipped, set, &known, error);
        }
    }
    return code || known
               ? code
               : ebb_fail(error, EBB_ERR_ARGUMENT,
                          "no model of the figures has a parameter `%s`; `ebb "
                          "model show pursue_withdraw` lists them",
                          set->name);
}

static int figures_check(const size_t *which, size_t count,
                         const ebb_figure_settings_t *settings, ebb_error_t *error)
{
    for (size_t k = 0; k < count; k++) {
        if (which[k] >= ebb_figure_row_count) {
            return ebb_fail(error, EBB_ERR_ARGUMENT, "there is no figure %zu",
                            which[k]);
        }
    }
    int code = count ? EBB_OK : ebb_fail(error, EBB_ERR_ARGUMENT, "no figure is named");
    for (size_t k = 0; k < settings->set_count && !code; k++) {
        code = figures_check_set(&settings->sets[k], error);
    }
    return code;
}

/* --- runs ------------------------------------------------------------------------- */

/* Whether figure `k` of those wanted is the first of its run. */
static bool figures_first(const size_t *which, size_t k)
{
    const char *run = ebb_figure_rows[which[k]].run;
    bool first = *run != '\0';
    for (size_t j = 0; j < k && first; j++) {
        first = strcmp(ebb_figure_rows[which[j]].run, run) != 0;
    }
    return first;
}

static int figures_of_run(const char *run, const size_t *which, size_t count,
                          const ebb_figure_settings_t *settings,
                          ebb_figure_found_t *found, ebb_error_t *error)
{
    ebb_figure_couples_t couples;
    int code = ebb_figure_run(&couples, run, settings, error);
    for (size_t k = 0; k < count && !code; k++) {
        const ebb_figure_t *figure = &ebb_figure_rows[which[k]];
        if (strcmp(figure->run, run) == 0) {
            code = ebb_figure_read(figure, &couples, &found[k], error);
        }
    }
    ebb_figure_couples_free(&couples);
    return code;
}

int ebb_figures_compute(const size_t *which, size_t count,
                        const ebb_figure_settings_t *settings,
                        ebb_figure_found_t *found, ebb_error_t *error)
{
    const ebb_figure_settings_t plain = {0};
    settings = settings ? settings : &plain;
    int code = figures_check(which, count, settings, error);
    uint64_t all = 0, done = 0;
    for (size_t k = 0; k < count && !code; k++) {
        double none = (double)NAN;
        found[k] = (ebb_figure_found_t){.value = none, .low = none, .high = none};
        all += figures_first(which, k);
    }
    for (size_t k = 0; k < count && !code; k++) {
        if (!figures_first(which, k)) {
            continue;
        }
        code = figures_of_run(ebb_figure_rows[which[k]].run, which, count, settings,
                              found, error);
        if (!code && settings->progress &&
            settings->progress(settings->progress_user, ++done, all)) {
            code = ebb_fail(error, EBB_ERR_CANCELLED, "%s",
                            ebb_strerror(EBB_ERR_CANCELLED));
        }
    }
    return code;
}
