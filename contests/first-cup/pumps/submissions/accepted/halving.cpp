// The water grows with time, so the moment is found by halving.
#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    double v;
    int n;
    if (scanf("%lf %d", &v, &n) != 2) return 1;
    std::vector<double> minute(n), rate(n);
    for (int i = 0; i < n; i++) {
        if (scanf("%lf %lf", &minute[i], &rate[i]) != 2) return 1;
        rate[i] *= 0.06;
    }
    double low = 0, high = 1e6 + 1e9 / 0.06 + 1;
    for (int round = 0; round < 200; round++) {
        double middle = (low + high) / 2, water = 0;
        for (int i = 0; i < n; i++) water += rate[i] * std::max(0.0, middle - minute[i]);
        (water < v ? low : high) = middle;
    }
    printf("%.9f\n", high);
}
