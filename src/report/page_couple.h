/* SPDX-License-Identifier: MIT
 * The document of a couple's page in parts. */
#ifndef EBB_REPORT_PAGE_COUPLE_H
#define EBB_REPORT_PAGE_COUPLE_H

#include "core/json.h"
#include "ebb/simulate_page.h"

/* A phase plane: places of two shown quantities. */
typedef struct ebb_page_plane {
    size_t x, y;
} ebb_page_plane_t;

#define EBB_PAGE_PLANES 2

/* The document while it is written. */
typedef struct ebb_page_couple {
    const ebb_simulate_page_t *page;
    ebb_json_t json;
    ebb_scalar_t shown[EBB_PORTRAIT_SHOWN_MOST];
    int decimals[EBB_PORTRAIT_SHOWN_MOST]; /* by what all arms show of it */
    ebb_page_plane_t planes[EBB_PAGE_PLANES];
    size_t plane_count;
    ebb_portrait_t portraits[2];
    size_t arm_count;
} ebb_page_couple_t;

/* The place of a person in the model, or -1 for what the couple shares. */
int ebb_page_person(const ebb_page_couple_t *p, const ebb_scalar_t *scalar);

/* A number with so many decimals; null when it is not finite. */
void ebb_page_number(ebb_json_t *json, double value, int decimals);

/* One arm, as an object. */
void ebb_page_arm(ebb_page_couple_t *p, size_t arm);

#endif
