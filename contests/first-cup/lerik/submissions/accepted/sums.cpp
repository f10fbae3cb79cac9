#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, q;
    std::cin >> n >> q;
    std::vector<int> before(n + 1);
    for (int i = 1; i <= n; i++) {
        std::cin >> before[i];
        before[i] += before[i - 1];
    }
    while (q--) {
        int a, b;
        std::cin >> a >> b;
        std::cout << before[b] - before[a - 1] << '\n';
    }
}
