/* SPDX-License-Identifier: MIT
 * A market of ebb/pair.h, for the files that draw couples from it and count them. */
#ifndef EBB_STUDY_PAIRING_H
#define EBB_STUDY_PAIRING_H

#include "ebb/pair.h"
#include "study/market.h"

#define PAIRING_PEOPLE (4u * EBB_PAIR_MARKET)
#define PAIRING_MEETINGS_MOST 60

enum { ANXIETY, AVOIDANCE };

/* Costs of insecurity at each meeting, as a part of what they are in the end. */
typedef struct ebb_pairing_user {
    ebb_pair_numbers_t numbers; /* 0 where a mechanism is out */
    double shown[PAIRING_MEETINGS_MOST + 1];
    double other; /* sqrt(1 - r^2) */
} ebb_pairing_user_t;

typedef struct ebb_pairing {
    ebb_market_t market;
    ebb_market_rule_t rule;
    ebb_pairing_user_t user;
    uint64_t seed;
} ebb_pairing_t;

/* Checks the settings and makes room; to be given back in any case. The struct stays
 * where it is. */
int ebb_pairing_new(ebb_pairing_t *pairing, const ebb_pair_settings_t *settings,
                    ebb_error_t *error);
void ebb_pairing_free(ebb_pairing_t *pairing);

/* Runs market `number` until it can be counted: at least EBB_PAIR_MARKET couples. */
int ebb_pairing_run(ebb_pairing_t *pairing, uint32_t number, ebb_error_t *error);

/* Its couples, by the person with the lower number: EBB_PAIR_MARKET of them. */
void ebb_pairing_couples(const ebb_pairing_t *pairing,
                         uint32_t couples[EBB_PAIR_MARKET]);

/* EBB_PAIR_SECURE ... of a couple at a cut, by the anxiety and avoidance of each. */
size_t ebb_pairing_type(const double *a, const double *b, double cut);

#endif
