/* SPDX-License-Identifier: MIT
 *
 * The claims that the models are held against, with what is known of each about people,
 * and the files of their checks, as text inside the library: no file is opened. What
 * the columns and their words mean is said in evidence/README.md.
 *
 *     ebb_evidence_t row;
 *     ebb_model_text_t text;
 *     if (ebb_evidence_at(1, &row) && ebb_evidence_checks(row.check, &text)) {
 *         text.scenario = row.id;
 *         code = ebb_claim_read(&claim, model, &text, NULL, &error);
 *     }
 */
#ifndef EBB_EVIDENCE_H
#define EBB_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/model.h"

/* A claim. Static UTF-8, never NULL; "" where there is nothing. */
typedef struct ebb_evidence {
    const char *id;       /* "A2" */
    const char *document; /* which of the texts says so */
    const char *claim;    /* in a sentence */
    const char *kind;     /* "mechanism", "validation" ...: several with commas */
    const char *quantity; /* what is computed, and what must hold of it */
    const char *scope;    /* "person", "couple", "conversation", "population" ... */
    const char *verdict;  /* of the evidence about people: "supported", "partly" ... */
    const char *evidence; /* "SOURCE (STANDING): what it says; ..." */
    const char *link;     /* what is cut for it to fall, with commas */
    const char *check;    /* name of the file that holds its check */
    /* why it came out so with the couples that its check says and seed 0 */
    const char *unchecked; /* why it has no check */
    const char *fails;     /* why it does not hold in the model */
    const char
        *stands; /* on what it rests besides, where it holds with its links cut */
} ebb_evidence_t;

/** How many claims there are.
 *
 * @return the same in every call. Thread-safe, as all of this header.
 */
size_t ebb_evidence_count(void);

/**
 * A claim by its place.
 *
 * @param[in]  index     from 0, below ebb_evidence_count; in the order of ids
 * @param[out] evidence  filled; untouched when there is none
 * @return whether there is one
 */
bool ebb_evidence_at(size_t index, ebb_evidence_t *evidence);

/**
 * The place of a claim.
 *
 * @param[in]  id     NUL-terminated, "A2"; upper and lower case differ
 * @param[out] index  filled; untouched when there is none
 * @return whether there is one. Looks through all.
 */
bool ebb_evidence_find(const char *id, size_t *index);

/**
 * A file of checks, whose claims are called by their ids.
 *
 * @param[in]  name  as `check` of a claim
 * @param[out] text  ready for ebb_claim_read once `scenario` says which; untouched when
 *                   there is none
 * @return whether there is one of that name
 */
bool ebb_evidence_checks(const char *name, ebb_model_text_t *text);

#endif
