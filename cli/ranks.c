/* SPDX-License-Identifier: MIT
 * Processes that a launcher has started. */
#define _DEFAULT_SOURCE
#include "ranks.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define RANKS_MOST 1000000u

/* A number of the environment, or `missing`. */
static uint64_t ranks_number(const char *name, uint64_t missing)
{
    const char *said = getenv(name);
    char *end = NULL;
    if (!said || *said < '0' || *said > '9') {
        return missing;
    }
    unsigned long number = strtoul(said, &end, 10);
    return *end == '\0' && number <= RANKS_MOST ? number : missing;
}

ranks_t ranks_find(void)
{
    static const char *const names[][3] = {
        {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE"},
        {"PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"},
    };
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        uint64_t rank = ranks_number(names[k][0], RANKS_MOST);
        uint64_t count = ranks_number(names[k][1], 0);
        if (count > 1 && rank < count) {
            uint64_t here = ranks_number(names[k][2], count);
            return (ranks_t){rank, count, here ? here : 1, -1, -1};
        }
    }
    return (ranks_t){0, 1, 1, -1, -1};
}

/* Points a stream at nothing; what it pointed at, or -1. */
static int ranks_silence(FILE *stream)
{
    int fd = fileno(stream), kept = -1;
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    (void)fflush(stream);
    if (nothing >= 0) {
        kept = fcntl(fd, F_DUPFD_CLOEXEC, 3);
        (void)dup2(nothing, fd);
        (void)close(nothing);
    }
    return kept;
}

static void ranks_restore(FILE *stream, int *kept)
{
    (void)fflush(stream);
    if (*kept >= 0) {
        (void)dup2(*kept, fileno(stream));
        (void)close(*kept);
        *kept = -1;
    }
}

void ranks_mute(ranks_t *ranks)
{
    if (ranks->rank > 0) {
        ranks->output = ranks_silence(stdout);
        ranks->errors = ranks->here == ranks->count ? ranks_silence(stderr) : -1;
    }
}

void ranks_unmute(ranks_t *ranks)
{
    ranks_restore(stdout, &ranks->output);
    ranks_restore(stderr, &ranks->errors);
}

bool ranks_is_mute(const ranks_t *ranks)
{
    return ranks->errors >= 0;
}
