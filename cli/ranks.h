/* SPDX-License-Identifier: MIT
 *
 * Several processes of one command, as a launcher starts them (mpirun): each is told
 * its number and how many there are in its environment, and that is all that is needed
 * where results are files in a folder that all see. Nothing is linked with MPI.
 */
#ifndef EBB_CLI_RANKS_H
#define EBB_CLI_RANKS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ranks {
    uint64_t rank, count; /* count 1: no launcher */
    uint64_t here;        /* how many of them run on this machine */
    int output, errors;   /* where a muted process would write; -1: it is not */
} ranks_t;

/* Who one is, by Open MPI's variables or those of PMI (MPICH). */
ranks_t ranks_find(void);

/* Mutes all but the first: no result, and on one machine no errors, as what they leave
 * undone is done by the first, which then meets the same error and tells it once. */
void ranks_mute(ranks_t *ranks);
void ranks_unmute(ranks_t *ranks);

/* Whether a process says nothing at all, and so is not to end in an error either: a
 * launcher would end all others before the first can tell it. */
bool ranks_is_mute(const ranks_t *ranks);

#endif
