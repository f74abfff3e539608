// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Base64} from "solady/utils/Base64.sol";

import {Deployer} from "./fixtures/Deployer.sol";
import {Base64UrlCaller} from "./harness/Base64UrlCaller.sol";

contract Base64UrlTest is Deployer {
    Base64UrlCaller internal caller;

    function setUp() public {
        caller = Base64UrlCaller(deployTested("Base64UrlCaller", ""));
    }

    function testFuzz_encodesLikeSolady(bytes32 data) public view {
        _check(data);
    }

    function test_encodes_everyCharacterAtEveryPlace() public view {
        for (uint256 sextet; sextet < 64; ++sextet) {
            uint256 word;
            for (uint256 i; i < 43; ++i) {
                word = word << 6 | sextet;
            }
            _check(bytes32(word));
            // 43 characters hold two bits more than a word.
            _check(bytes32(word >> 2));
            _check(bytes32(word << 2));
        }
    }

    function _check(bytes32 data) private view {
        (bytes32 first, bytes32 last) = caller.encode(data);
        assertEq(abi.encodePacked(first, bytes11(last)), bytes(Base64.encode(abi.encodePacked(data), true, true)));
        assertEq(uint256(last) << 88, 0);
    }
}
