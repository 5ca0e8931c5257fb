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

/* The least and the most of each parameter: between them the others are. */
static int figures_check_sample(const ebb_sample_t *sample, ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t i = 0; i < sample->params && !code; i++) {
        ebb_figure_set_t low = {sample->names[i], sample->values[i]}, high = low;
        for (size_t k = 0; k < sample->draws; k++) {
            double value = sample->values[k * sample->params + i];
            low.value = value < low.value ? value : low.value;
            high.value = value > high.value ? value : high.value;
        }
        code = figures_check_set(&low, error);
        code = code ? code : figures_check_set(&high, error);
    }
    return code;
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
    if (settings->draws == 1 || settings->draws > EBB_SAMPLE_DRAWS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "2 to %u draws, not %zu",
                        EBB_SAMPLE_DRAWS_MOST, settings->draws);
    }
    int code = count ? EBB_OK : ebb_fail(error, EBB_ERR_ARGUMENT, "no figure is named");
    for (size_t k = 0; k < settings->set_count && !code; k++) {
        code = figures_check_set(&settings->sets[k], error);
    }
    return code || !settings->sample ? code
                                     : figures_check_sample(settings->sample, error);
}

/* --- runs ------------------------------------------------------------------------- */

typedef struct figures_job {
    const size_t *which;
    size_t count, draws; /* draws 1: no sample */
    const ebb_figure_settings_t *settings;
    ebb_figure_found_t *drawn; /* count x draws */
    uint64_t done, all;        /* runs */
    ebb_error_t *error;
} figures_job_t;

/* Whether figure `k` of those wanted is the first of its run. */
static bool figures_first(const figures_job_t *job, size_t k)
{
    const char *run = ebb_figure_rows[job->which[k]].run;
    bool first = *run != '\0';
    for (size_t j = 0; j < k && first; j++) {
        first = strcmp(ebb_figure_rows[job->which[j]].run, run) != 0;
    }
    return first;
}

/* Reads what is wanted off one run at one draw. */
static int figures_read(const figures_job_t *job, const char *run, size_t draw)
{
    ebb_figure_couples_t couples;
    int code = ebb_figure_run(&couples, run, job->settings, draw, job->error);
    for (size_t k = 0; k < job->count && !code; k++) {
        const ebb_figure_t *figure = &ebb_figure_rows[job->which[k]];
        if (strcmp(figure->run, run) == 0) {
            code = ebb_figure_read(figure, &couples, &job->drawn[k * job->draws + draw],
                                   job->error);
        }
    }
    ebb_figure_couples_free(&couples);
    return code;
}

static int figures_run(figures_job_t *job, const char *run)
{
    const ebb_figure_settings_t *settings = job->settings;
    int code = EBB_OK;
    for (size_t d = 0; d < job->draws && !code; d++) {
        code = figures_read(job, run, d);
        if (!code && settings->progress &&
            settings->progress(settings->progress_user, ++job->done, job->all)) {
            code = ebb_fail(job->error, EBB_ERR_CANCELLED, "%s",
                            ebb_strerror(EBB_ERR_CANCELLED));
        }
    }
    return code;
}

static void figures_find(const figures_job_t *job, ebb_figure_found_t *found)
{
    for (size_t k = 0; k < job->count; k++) {
        const ebb_figure_found_t *drawn = job->drawn + k * job->draws;
        found[k] = *drawn;
        if (job->draws > 1) {
            found[k] = ebb_figure_over(drawn, job->draws);
            found[k].inside =
                ebb_figure_inside(&ebb_figure_rows[job->which[k]], &found[k]);
        }
    }
}

static int figures_all(figures_job_t *job, ebb_figure_found_t *found)
{
    int code = EBB_OK;
    for (size_t k = 0; k < job->count * job->draws; k++) {
        double none = (double)NAN;
        job->drawn[k] = (ebb_figure_found_t){.value = none, .low = none, .high = none};
    }
    for (size_t k = 0; k < job->count; k++) {
        job->all += figures_first(job, k) * job->draws;
    }
    for (size_t k = 0; k < job->count && !code; k++) {
        if (figures_first(job, k)) {
            code = figures_run(job, ebb_figure_rows[job->which[k]].run);
        }
    }
    if (!code) {
        figures_find(job, found);
    }
    return code;
}

int ebb_figures_compute(const size_t *which, size_t count,
                        const ebb_figure_settings_t *settings,
                        ebb_figure_found_t *found, ebb_error_t *error)
{
    ebb_figure_settings_t own = settings ? *settings : (ebb_figure_settings_t){0};
    int code = figures_check(which, count, &own, error);
    if (code) {
        return code;
    }
    own.draws = own.draws ? own.draws : EBB_SAMPLE_DRAWS;
    const ebb_alloc_t *alloc = own.alloc ? own.alloc : ebb_alloc_default();
    figures_job_t job = {.which = which,
                         .count = count,
                         .draws = own.sample ? own.draws : 1,
                         .settings = &own,
                         .error = error};
    size_t room = count * job.draws;
    job.drawn = ebb_new_array(alloc, room, sizeof *job.drawn);
    code = job.drawn
               ? figures_all(&job, found)
               : ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    ebb_free_array(alloc, job.drawn, room, sizeof *job.drawn);
    return code;
}
