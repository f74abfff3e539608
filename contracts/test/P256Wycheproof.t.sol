// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Deployer} from "./fixtures/Deployer.sol";
import {P256Caller} from "./harness/P256Caller.sol";

/// @dev Wycheproof's vectors, with the precompile and without. Its verdict counts except that high s is refused here: then
/// the signature's twin, n − s, has the verdict.
abstract contract WycheproofCases is Deployer {
    struct WycheproofVector {
        string id;
        string flag;
        string comment;
        bytes32 hash;
        bytes32 r;
        bytes32 s;
        bytes32 x;
        bytes32 y;
        bool valid;
    }

    uint256 internal constant N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    P256Caller internal caller = P256Caller(deployTested("P256Caller", ""));
    address internal verifier = deployTested("P256Verifier", "");

    function test_agreesWithWycheproof_andRefusesHighS() public view {
        string memory json = vm.readFile("test/vectors/wycheproof-p256.json");
        string memory description =
            "WycheproofVector(string id,string flag,string comment,bytes32 hash,bytes32 r,bytes32 s,bytes32 x,bytes32 y,bool valid)";
        WycheproofVector[] memory vectors = abi.decode(vm.parseJsonTypeArray(json, ".tests", description), (WycheproofVector[]));
        uint256 valid;
        uint256 high;
        for (uint256 i; i < vectors.length; ++i) {
            WycheproofVector memory v = vectors[i];
            bool isHigh = uint256(v.s) > N / 2;
            _expect(v, v.s, v.valid && !isHigh);
            if (v.valid) ++valid;
            if (isHigh && v.valid) {
                ++high;
                _expect(v, bytes32(N - uint256(v.s)), true);
            }
        }
        assertGt(valid, 150);
        assertGt(vectors.length - valid, 60);
        assertGt(high, 20);
    }

    function _expect(WycheproofVector memory v, bytes32 s, bool valid) private view {
        assertEq(caller.verify(verifier, v.hash, v.r, s, v.x, v.y), valid, v.id);
        (, bytes memory answer) = verifier.staticcall(abi.encode(v.hash, v.r, s, v.x, v.y));
        assertEq(abi.decode(answer, (bool)), valid, v.id);
    }
}

/// @dev Runs on a chain with the precompile.
contract P256WycheproofTest is WycheproofCases {}

/// @dev Runs on a chain without the precompile.
/// forge-config: default.evm_version = "prague"
contract P256WycheproofWithoutPrecompileTest is WycheproofCases {
    function test_hasNoPrecompile() public view {
        (, bytes memory answer) = address(0x100).staticcall(new bytes(160));
        assertEq(answer.length, 0);
    }
}
