/* SPDX-License-Identifier: MIT
 * Progress on a terminal. */
#define _DEFAULT_SOURCE
#include "progress.h"

#include <time.h>
#include <unistd.h>

#include <stdio.h>

#include "screen.h"

#define QUIET_MS 500
#define REDRAW_MS 100

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

progress_t progress_begin(const char *doing)
{
    progress_t progress = {.doing = doing, .began_ms = now_ms()};
    progress.shown = screen_is_terminal(STDERR_FILENO);
    return progress;
}

int progress_update(void *user, uint64_t done, uint64_t total)
{
    progress_t *progress = user;
    if (!progress->shown || total == 0) {
        return 0;
    }
    int64_t now = now_ms();
    if (now - progress->began_ms >= QUIET_MS && now - progress->drawn_ms >= REDRAW_MS) {
        progress->drawn_ms = now;
        progress->line_is_open = true;
        double part = (double)done / (double)total;
        (void)fprintf(stderr, "\r%s %3.0f %%", progress->doing, 100 * part);
        (void)fflush(stderr);
    }
    return 0;
}

void progress_end(progress_t *progress)
{
    if (progress->line_is_open) {
        (void)fprintf(stderr, "\r             \r");
        progress->line_is_open = false;
    }
}
