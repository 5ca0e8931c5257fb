/* SPDX-License-Identifier: MIT
 * models/rinaldi_secure.ebb for R's deSolve, as compiled code: parameters are set by
 * `initmod`, rates filled by `derivs`, in the form that deSolve asks for. */
#include <math.h>

/* forgetting, strength, width, instinct and appeal of each of two */
static double parms[10];

void initmod(void (*fill)(int *count, double *values));
void derivs(const int *count, const double *time, const double *love, double *change,
            const double *out, const int *sizes);

void initmod(void (*fill)(int *count, double *values))
{
    int count = 10;
    fill(&count, parms);
}

void derivs(const int *count, const double *time, const double *love, double *change,
            const double *out, const int *sizes)
{
    (void)count, (void)time, (void)out, (void)sizes;
    for (int i = 0; i < 2; i++) {
        const double *own = parms + 5 * i, *other = parms + 5 * (1 - i);
        change[i] =
            -own[0] * love[i] + own[1] * tanh(love[1 - i] / own[2]) + own[3] * other[4];
    }
}
