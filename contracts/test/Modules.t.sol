// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Calls} from "../src/account/Calls.sol";
import {ModuleRegistry} from "../src/account/ModuleRegistry.sol";
import {SsoAccount} from "../src/account/SsoAccount.sol";
import {TestModule} from "./fixtures/TestModule.sol";
import {Wallet} from "./fixtures/Wallet.sol";

contract ModulesTest is Wallet {
    function test_hasSessionsAndGuardiansFromBirth() public view {
        assertTrue(account.isModuleInstalled(1, address(sessions), ""));
        assertTrue(account.isModuleInstalled(2, address(guardian), ""));
        assertFalse(account.isModuleInstalled(2, address(sessions), ""));
        assertFalse(account.isModuleInstalled(1, address(guardian), ""));
        assertTrue(account.isModule(address(sessions)));
        assertFalse(account.isModule(shop));
        assertTrue(account.supportsModule(1) && account.supportsModule(2) && account.supportsModule(3));
        assertFalse(account.supportsModule(0) || account.supportsModule(4));
    }

    function test_installsAndUninstalls_eachType() public {
        for (uint256 moduleType = 1; moduleType < 4; ++moduleType) {
            TestModule module = new TestModule(moduleType);
            vm.startPrank(address(account));
            vm.expectEmit(address(account));
            emit ModuleRegistry.ModuleInstalled(moduleType, address(module));
            account.installModule(moduleType, address(module), abi.encodePacked(TestModule.who.selector, hex"aa"));
            assertTrue(account.isModuleInstalled(moduleType, address(module), abi.encode(TestModule.who.selector)));
            assertTrue(account.isModule(address(module)) && account.isBannedTarget(address(module)));
            vm.expectRevert(
                abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, moduleType, module)
            );
            account.installModule(moduleType, address(module), abi.encodePacked(TestModule.who.selector));
            account.uninstallModule(moduleType, address(module), abi.encodePacked(TestModule.who.selector));
            assertFalse(account.isModuleInstalled(moduleType, address(module), abi.encode(TestModule.who.selector)));
            assertFalse(account.isModule(address(module)));
            vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstalled.selector, moduleType, module));
            account.uninstallModule(moduleType, address(module), abi.encodePacked(TestModule.who.selector));
            vm.stopPrank();
        }
    }

    function test_refusesModule_whenTypeOrAddressIsWrong() public {
        TestModule module = new TestModule(2);
        vm.startPrank(address(account));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.UnsupportedModuleType.selector, 1, module));
        account.installModule(1, address(module), "");
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.UnsupportedModuleType.selector, 4, module));
        account.installModule(4, address(module), "");
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.UnsupportedModuleType.selector, 0, module));
        account.installModule(0, address(module), "");
        address[5] memory machinery =
            [address(account), address(entryPoint), address(factory), address(sessions), address(0)];
        for (uint256 i; i < machinery.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 2, machinery[i]));
            account.installModule(2, machinery[i], "");
        }
    }

    function test_uninstalls_whenTheModuleRefuses() public {
        TestModule module = new TestModule(2);
        vm.startPrank(address(account));
        account.installModule(2, address(module), "");
        module.setFailsOnUninstall();
        vm.expectEmit(address(account));
        emit ModuleRegistry.ModuleUninstallFailed(2, address(module));
        account.uninstallModule(2, address(module), "");
        assertFalse(account.isModule(address(module)));
    }

    function test_uninstalls_whenTheModuleAnswersWithAMountainOfData() public {
        TestModule module = new TestModule(2);
        vm.startPrank(address(account));
        account.installModule(2, address(module), "");
        module.setAnswerLength(410_000);
        // Copying the answer would cost what making it cost, of which only a 64th is left here.
        account.uninstallModule{gas: 400_000}(2, address(module), "");
        assertFalse(account.isModule(address(module)));
    }

    function test_restrictsValidators_likeSessions() public {
        TestModule module = _install(1);
        uint192 key = uint192(uint160(address(module))) << 32;
        handle(op(key, single(address(token), 0, abi.encodeCall(token.transfer, (shop, 1)))));
        assertEq(token.balanceOf(shop), 1);
        handleFails(
            op(key, single(address(account), 0, "")),
            abi.encodeWithSelector(SsoAccount.TargetBanned.selector, account)
        );
        handleFails(
            op(key, single(address(module), 0, "")), abi.encodeWithSelector(SsoAccount.TargetBanned.selector, module)
        );
        bytes memory data = abi.encodePacked(abi.encodeCall(SsoAccount.endSessions, ()), new bytes(100));
        handleFails(
            op(key, data),
            abi.encodeWithSelector(Calls.InvalidTopLevelSelector.selector, SsoAccount.endSessions.selector)
        );
        bytes memory close = abi.encodeWithSignature("revokeSession(bytes32)", bytes32(0));
        handleFails(
            op(key, single(address(sessions), 0, close)),
            abi.encodeWithSelector(SsoAccount.TargetBanned.selector, sessions)
        );
    }

    function test_refusesAggregators_whenAValidatorNamesOne() public {
        TestModule module = _install(1);
        module.setValidationData(uint160(shop));
        PackedUserOperation memory o =
            op(uint192(uint160(address(module))) << 32, single(address(token), 0, ""));
        vm.prank(address(entryPoint));
        assertEq(account.validateUserOp(o, 0, 0), 1);
        badSignature(o);
    }

    function test_restrictsExecutors_likeSessions() public {
        TestModule module = _install(2);
        bytes memory pay = abi.encodeCall(token.transfer, (shop, 1));
        bytes[] memory results = module.execute(account, Calls.SINGLE, abi.encodePacked(token, uint256(0), pay));
        assertTrue(abi.decode(results[0], (bool)));
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(token), 0, pay);
        calls[1] = calls[0];
        results = module.execute(account, Calls.BATCH, abi.encode(calls));
        assertEq(results.length, 2);
        assertEq(token.balanceOf(shop), 3);

        address[6] memory banned = [
            address(account),
            address(entryPoint),
            address(sessions),
            address(guardian),
            address(factory),
            address(module)
        ];
        for (uint256 i; i < banned.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(SsoAccount.TargetBanned.selector, banned[i]));
            module.execute(account, Calls.SINGLE, abi.encodePacked(banned[i], uint256(0)));
            calls[1].target = banned[i];
            vm.expectRevert(abi.encodeWithSelector(SsoAccount.TargetBanned.selector, banned[i]));
            module.execute(account, Calls.BATCH, abi.encode(calls));
        }
        bytes32 tryMode = bytes32(uint256(1) << 240);
        vm.expectRevert(abi.encodeWithSelector(Calls.InvalidMode.selector, tryMode));
        module.execute(account, tryMode, abi.encodePacked(shop, uint256(0)));
    }

    function test_refusesExecutors_thatAreNotInstalledAsSuch() public {
        TestModule validator = _install(1);
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, validator));
        validator.execute(account, Calls.SINGLE, abi.encodePacked(shop, uint256(0)));
        vm.prank(address(guardian));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, guardian));
        account.executeFromExecutor(Calls.SINGLE, abi.encodePacked(shop, uint256(0)));
    }

    function test_asksFallbackHandlers_byStaticcallWithTheCaller() public {
        TestModule module = new TestModule(3);
        vm.startPrank(address(account));
        account.installModule(3, address(module), abi.encodePacked(TestModule.who.selector));
        account.installModule(3, address(module), abi.encodePacked(TestModule.ping.selector));
        vm.stopPrank();
        vm.prank(shop);
        assertEq(TestModule(address(account)).who(), shop);
        vm.expectRevert();
        TestModule(address(account)).ping{gas: 1_000_000}();
        assertEq(module.pings(), 0);

        vm.startPrank(address(account));
        account.uninstallModule(3, address(module), abi.encodePacked(TestModule.ping.selector));
        assertTrue(account.isBannedTarget(address(module)), "still serves one");
        account.uninstallModule(3, address(module), abi.encodePacked(TestModule.who.selector));
        assertFalse(account.isBannedTarget(address(module)));
    }

    function test_refusesFallbackHandler_thatIsAnotherModuleToo() public {
        TestModule module = _install(2);
        vm.mockCall(address(module), abi.encodeWithSignature("isModuleType(uint256)", 3), abi.encode(true));
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 3, module));
        account.installModule(3, address(module), abi.encodePacked(TestModule.who.selector));
        // and the other way about
        TestModule handler = new TestModule(3);
        vm.prank(address(account));
        account.installModule(3, address(handler), abi.encodePacked(TestModule.who.selector));
        vm.mockCall(address(handler), abi.encodeWithSignature("isModuleType(uint256)", 1), abi.encode(true));
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 1, handler));
        account.installModule(1, address(handler), "");
    }

    function test_refusesStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.installModule(1, address(1), "");
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.uninstallModule(1, address(sessions), "");
    }

    function _install(uint256 moduleType) private returns (TestModule module) {
        module = new TestModule(moduleType);
        vm.prank(address(account));
        account.installModule(moduleType, address(module), "");
    }
}
