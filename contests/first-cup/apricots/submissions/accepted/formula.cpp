#include <iostream>

int main() {
    int n, k;
    std::cin >> n >> k;
    int trays = (n + k - 1) / k;
    std::cout << trays << '\n' << n - (trays - 1) * k << '\n';
}
