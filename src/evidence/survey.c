/* SPDX-License-Identifier: MIT
 * Claims about many people, read off runs. */
#include "ebb/survey.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "ebb/evidence.h"
#include "evidence/figures.h"
#include "study/interval.h"

#define SURVEY_LINKS_MOST 4u
#define SURVEY_NAME_BYTES 64u
#define SURVEY_AMONG_BYTES 160u

size_t ebb_survey_count(void)
{
    return ebb_survey_row_count;
}

bool ebb_survey_at(size_t index, ebb_survey_t *survey)
{
    bool there = index < ebb_survey_row_count;
    if (there) {
        *survey = ebb_survey_rows[index];
    }
    return there;
}

/* --- what is cut ------------------------------------------------------------------ */

typedef struct survey_cuts {
    char names[SURVEY_LINKS_MOST][SURVEY_NAME_BYTES];
    ebb_figure_set_t sets[SURVEY_LINKS_MOST];
    size_t count;
} survey_cuts_t;

/* The links of a claim, each at 0. */
static void survey_links(const char *id, survey_cuts_t *cuts)
{
    ebb_evidence_t row = {.link = ""};
    size_t index = 0;
    if (ebb_evidence_find(id, &index)) {
        (void)ebb_evidence_at(index, &row);
    }
    for (const char *at = row.link; *at && cuts->count < SURVEY_LINKS_MOST;) {
        size_t length = strcspn(at, ",");
        char *name = cuts->names[cuts->count];
        (void)snprintf(name, SURVEY_NAME_BYTES, "%.*s", (int)length, at);
        cuts->sets[cuts->count++] = (ebb_figure_set_t){name, 0};
        at += length;
        at += strspn(at, ", ");
    }
}

/* --- what is read ----------------------------------------------------------------- */

/* All that is read off one run: those with it as the first, or as the second. */
typedef struct survey_job {
    const ebb_survey_t *rows;
    size_t count;
    const ebb_figure_settings_t *settings;
    ebb_figure_found_t found[EBB_SURVEYS_MOST][2];
    ebb_error_t *error;
} survey_job_t;

/* The name of a survey's first or second run; "" if it has none. */
static void survey_run(const ebb_survey_t *row, size_t side, char name[64])
{
    size_t first = strcspn(row->run, "-");
    const char *second = row->run + first + (row->run[first] == '-');
    (void)snprintf(name, SURVEY_NAME_BYTES, "%.*s", side ? 63 : (int)first,
                   side ? second : row->run);
}

/* Who counts in a survey's first or second run: the same, unless there is a " / ". */
static void survey_among(const ebb_survey_t *row, size_t side,
                         char among[SURVEY_AMONG_BYTES])
{
    const char *parted = strstr(row->among, " / ");
    size_t first = parted ? (size_t)(parted - row->among) : strlen(row->among);
    (void)snprintf(among, SURVEY_AMONG_BYTES, "%.*s", (int)first, row->among);
    if (parted && side) {
        (void)snprintf(among, SURVEY_AMONG_BYTES, "%s", parted + 3);
    }
}

static int survey_take(survey_job_t *job, const char *run,
                       const ebb_figure_couples_t *couples)
{
    char name[SURVEY_NAME_BYTES], among[SURVEY_AMONG_BYTES];
    int code = EBB_OK;
    for (size_t k = 0; k < 2 * job->count && !code; k++) {
        const ebb_survey_t *row = &job->rows[k / 2];
        survey_run(row, k % 2, name);
        survey_among(row, k % 2, among);
        if (strcmp(name, run) == 0) {
            const ebb_figure_t figure = {.id = row->id,
                                         .statistic = row->statistic,
                                         .columns = row->columns,
                                         .among = among,
                                         .interval = ""};
            code = ebb_figure_read(&figure, couples, &job->found[k / 2][k % 2],
                                   job->error);
        }
    }
    return code;
}

/* Whether a run was there at an earlier place. */
static bool survey_again(const survey_job_t *job, size_t place, const char *run)
{
    char name[SURVEY_NAME_BYTES];
    bool again = false;
    for (size_t k = 0; k < place && !again; k++) {
        survey_run(&job->rows[k / 2], k % 2, name);
        again = strcmp(name, run) == 0;
    }
    return again;
}

static int survey_all(survey_job_t *job)
{
    int code = EBB_OK;
    for (size_t k = 0; k < 2 * job->count && !code; k++) {
        char run[SURVEY_NAME_BYTES];
        survey_run(&job->rows[k / 2], k % 2, run);
        if (*run && !survey_again(job, k, run)) {
            ebb_figure_couples_t couples;
            code = ebb_figure_run(&couples, run, job->settings, 0, job->error);
            code = code ? code : survey_take(job, run, &couples);
            ebb_figure_couples_free(&couples);
        }
    }
    return code;
}

/* --- what came of it -------------------------------------------------------------- */

/* With the interval of a figure [eq 501], or of the difference of two [eq 503]. */
static ebb_claim_finding_t survey_finding(const ebb_survey_t *row,
                                          const ebb_figure_found_t found[2])
{
    bool two = strchr(row->run, '-') != NULL;
    double half = (found[0].high - found[0].low) / 2;
    double other = two ? (found[1].high - found[1].low) / 2 : 0;
    double value = found[0].value - (two ? found[1].value : 0);
    half = two ? sqrt(half * half + other * other) : half;
    ebb_claim_finding_t out = {.text = row->note,
                               .code = row->code,
                               .relation = row->relation,
                               .couples = found[0].couples,
                               .left = value,
                               .right = row->bound,
                               .difference = value - row->bound,
                               .interval = EBB_INTERVAL_FOLDS};
    out.low = out.difference - half;
    out.high = out.difference + half;
    out.holds = found[0].computed && (!two || found[1].computed) &&
                ebb_interval_holds(row->relation, (ebb_span_t){out.low, out.high});
    return out;
}

/* The surveys of a claim; NULL and 0 if it has none. */
static const ebb_survey_t *survey_rows_of(const char *id, size_t *count)
{
    const ebb_survey_t *first = NULL;
    *count = 0;
    for (size_t k = 0; k < ebb_survey_row_count; k++) {
        if (strcmp(ebb_survey_rows[k].id, id) == 0) {
            first = first ? first : &ebb_survey_rows[k];
            ++*count;
        }
    }
    return first;
}

ebb_claim_info_t ebb_surveys_info(const char *id)
{
    ebb_claim_info_t info = {.construction = ""};
    const ebb_survey_t *rows = survey_rows_of(id, &info.expects);
    if (rows) {
        survey_cuts_t cuts = {.count = 0};
        survey_links(id, &cuts);
        info.arms = 1;
        info.cuts = cuts.count;
        (void)snprintf(info.head.name, sizeof info.head.name, "%s", id);
        (void)snprintf(info.head.uses, sizeof info.head.uses, "%s", rows->model);
    }
    return info;
}

int ebb_surveys_check(const char *id, const ebb_figure_settings_t *settings, bool cut,
                      ebb_claim_finding_t *findings, ebb_error_t *error)
{
    ebb_figure_settings_t own = settings ? *settings : (ebb_figure_settings_t){0};
    survey_cuts_t cuts = {.count = 0};
    survey_job_t job = {.settings = &own, .error = error};
    job.rows = survey_rows_of(id, &job.count);
    if (job.count > EBB_SURVEYS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "more than %d surveys of a claim",
                        EBB_SURVEYS_MOST);
    }
    if (cut) {
        survey_links(id, &cuts);
    }
    own.sets = cuts.sets;
    own.set_count = cuts.count;
    own.sample = NULL;
    int code = survey_all(&job);
    for (size_t k = 0; k < job.count && !code; k++) {
        findings[k] = survey_finding(&job.rows[k], job.found[k]);
    }
    return code;
}
