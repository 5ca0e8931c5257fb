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
#define PROGRESS_COLUMNS 28

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

/* Whether it is time to draw the line anew; it then begins with how much is done. */
static bool progress_draws(progress_t *progress, double part)
{
    int64_t now = now_ms();
    if (now - progress->began_ms < QUIET_MS || now - progress->drawn_ms < REDRAW_MS) {
        return false;
    }
    progress->drawn_ms = now;
    progress->line_is_open = true;
    (void)fprintf(stderr, "\r%s %3.0f %%", progress->doing, 100 * part);
    return true;
}

int progress_update(void *user, uint64_t done, uint64_t total)
{
    progress_t *progress = user;
    if (progress->shown && total > 0 &&
        progress_draws(progress, (double)done / (double)total)) {
        (void)fflush(stderr);
    }
    return 0;
}

int progress_left(void *user, uint64_t done, uint64_t total)
{
    progress_t *progress = user;
    if (progress->shown && done > 0 && total > 0 &&
        progress_draws(progress, (double)done / (double)total)) {
        double past = 1e-3 * (double)(progress->drawn_ms - progress->began_ms);
        double left = past / (double)done * (double)(total - done);
        if (left < 120) {
            (void)fprintf(stderr, ", %3.0f s left  ", left);
        } else if (left < 7200) {
            (void)fprintf(stderr, ", %3.0f min left", left / 60);
        } else {
            (void)fprintf(stderr, ", %3.0f h left  ", left / 3600);
        }
        (void)fflush(stderr);
    }
    return 0;
}

void progress_end(progress_t *progress)
{
    if (progress->line_is_open) {
        (void)fprintf(stderr, "\r%*s\r", PROGRESS_COLUMNS, "");
        progress->line_is_open = false;
    }
}
