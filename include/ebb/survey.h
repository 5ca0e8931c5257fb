/* SPDX-License-Identifier: MIT
 *
 * Claims about many people, of which no one couple can say whether they hold: each is
 * read off the couples, or the children, of a run as a figure is (ebb/figure.h), and
 * must lie on one side of a bound (evidence/surveys.tsv).
 *
 *     ebb_claim_finding_t found[EBB_SURVEYS_MOST];
 *     code = ebb_surveys_check("B12", NULL, false, found, &error);
 */
#ifndef EBB_SURVEY_H
#define EBB_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/claim.h"
#include "ebb/error.h"
#include "ebb/figure.h"

#define EBB_SURVEYS "surveys" /* the `check` of a claim that is checked so */
#define EBB_SURVEYS_MOST 8    /* of one claim */

/* One survey of a claim: what is read off people, and what must hold of it. Static
 * UTF-8, never NULL; "" where there is nothing. */
typedef struct ebb_survey {
    const char *id;    /* of the claim */
    const char *model; /* that the run is of; "pair" or "develop" where it is none */
    const char *run;   /* a run, or two: "treated-waiting" is the one minus the other */
    const char *statistic; /* as of a figure, as are the two below */
    const char *columns;
    const char *among; /* of two runs "x / y": x in the first, y in the other */
    ebb_relation_t relation;
    double bound;
    const char *note; /* what is taken for what */
    const char *code; /* all that in a line */
} ebb_survey_t;

/** How many surveys there are, of all claims.
 *
 * @return the same in every call. Thread-safe, as all of this header.
 */
size_t ebb_survey_count(void);

/**
 * A survey by its place.
 *
 * @param[in]  index    from 0, below ebb_survey_count; those of a claim stand together
 * @param[out] survey  filled; untouched when there is none
 * @return whether there is one
 */
bool ebb_survey_at(size_t index, ebb_survey_t *survey);

/**
 * What a claim that is checked by surveys is, in the words of one that is not.
 *
 * @param[in] id  of a claim
 * @return its name, model, and how many expectations and links it has; all zero, and
 * "" for texts, where it has no surveys
 */
ebb_claim_info_t ebb_surveys_info(const char *id);

/**
 * Checks a claim by its surveys.
 *
 * @param[in]  id        of a claim, "B12"
 * @param[in]  settings  couples (0: as each run says), seed, workers, executor, alloc;
 *                       the rest is not looked at. NULL: all zero
 * @param[in]  cut       with all that is in the claim's `link` (ebb/evidence.h) at 0
 * @param[out] findings  room for the `expects` of its info, at most EBB_SURVEYS_MOST:
 *                       `left` is what was read, `right` the bound, the interval that
 *                       of a figure
 * @param[out] error     may be NULL
 * @return 0, whatever was found, or EBB_ERR_ARGUMENT (couples), EBB_ERR_MEMORY.
 * The same settings give the same bits, however many workers. Cost: that of its runs,
 * each once.
 */
int ebb_surveys_check(const char *id, const ebb_figure_settings_t *settings, bool cut,
                      ebb_claim_finding_t *findings, ebb_error_t *error) EBB_MUST_CHECK;

#endif
